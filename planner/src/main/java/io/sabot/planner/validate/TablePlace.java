package io.sabot.planner.validate;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.text.SqlSpans;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Finds where a query names a table or view behind FROM and JOIN. */
public final class TablePlace extends SqlBasicVisitor<Void> {
    private final String table;

    private TablePlace(String table) {
        this.table = table;
    }

    /** The first place where the query reads from an object of this name; unknown when it names it nowhere. */
    public static SqlSpan of(SqlNode query, String name) {
        try {
            query.accept(new TablePlace(name));
            return SqlSpan.NONE;
        } catch (Util.FoundOne found) {
            return SqlSpans.of((SqlNode) Objects.requireNonNull(found.getNode()));
        }
    }

    @Override
    public Void visit(SqlCall call) {
        if (call instanceof SqlSelect select) {
            look(select.getFrom());
        }
        return super.visit(call);
    }

    private void look(@Nullable SqlNode from) {
        if (from instanceof SqlJoin join) {
            look(join.getLeft());
            look(join.getRight());
        } else if (from instanceof SqlIdentifier name) {
            if (name.names.get(name.names.size() - 1).equals(table)) {
                throw new Util.FoundOne(name);
            }
        } else if (from instanceof SqlCall call && !(from instanceof SqlSelect)) {
            call.getOperandList().forEach(this::look);
        }
    }
}
