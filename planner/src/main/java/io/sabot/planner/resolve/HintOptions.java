package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Table;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.parser.statement.Options;
import io.sabot.parser.text.SqlSpans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Checks the options in {@code t /*+ OPTIONS(…) *}{@code /} as those of a definition, before the table is read with them. */
public final class HintOptions extends SqlBasicVisitor<@Nullable Void> {
    private final CatalogReader catalog;
    private final Descriptors descriptors;

    private HintOptions(CatalogReader catalog, Descriptors descriptors) {
        this.catalog = catalog;
        this.descriptors = descriptors;
    }

    /** Refuses unknown keys and bad values of a query's hints. */
    public static void check(SqlNode query, CatalogReader catalog, Descriptors descriptors) {
        query.accept(new HintOptions(catalog, descriptors));
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlTableRef reference
                && reference.operand(0) instanceof SqlIdentifier name
                && reference.operand(1) instanceof SqlNodeList hints
                && catalog.find(catalog.resolve(name.names)).orElse(null) instanceof Table table) {
            for (SqlNode hint : hints) {
                if (hint instanceof SqlHint options && options.getName().equalsIgnoreCase("OPTIONS")) {
                    check(table, options);
                }
            }
        }
        return super.visit(call);
    }

    private void check(Table table, SqlHint hint) {
        SqlSpan span = SqlSpans.of(hint);
        SqlNodeList parts = (SqlNodeList) hint.getOperandList().get(1);
        List<OptionEntry> entries = new ArrayList<>();
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            SqlNode key = parts.get(i);
            SqlNode value = parts.get(i + 1);
            entries.add(new OptionEntry(text(key), text(value), SqlSpans.of(key), SqlSpans.of(value)));
        }
        Options written = new Options(entries);
        Map<String, String> all = new LinkedHashMap<>(table.options());
        all.putAll(written.toMap());
        new OptionCheck(descriptors, all, written, span)
                .check(!table.primaryKey().isEmpty());
    }

    private static String text(SqlNode part) {
        return part instanceof SqlLiteral literal ? String.valueOf(literal.getValueAs(String.class)) : part.toString();
    }
}
