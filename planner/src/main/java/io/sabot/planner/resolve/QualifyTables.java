package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Writes the names of tables in a query in full, in place, so that the text of a view means the same whatever the current
 * database is. Columns and functions stay as they are.
 */
final class QualifyTables extends SqlBasicVisitor<@Nullable Void> {
    private final CatalogReader catalog;
    private final Set<String> commonTables = new HashSet<>();

    private QualifyTables(CatalogReader catalog) {
        this.catalog = catalog;
    }

    static void qualify(SqlNode query, CatalogReader catalog) {
        query.accept(new QualifyTables(catalog));
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call instanceof SqlWith with) {
            for (SqlNode item : with.withList) {
                commonTables.add(((SqlWithItem) item).name.getSimple());
            }
        }
        if (call instanceof SqlSelect select && select.getFrom() != null) {
            select.setFrom(from(select.getFrom()));
        }
        if (call instanceof SqlJoin join) {
            join.setLeft(from(join.getLeft()));
            join.setRight(from(join.getRight()));
        }
        if (call.getKind() == SqlKind.EXPLICIT_TABLE
                || call.getKind() == SqlKind.SET_SEMANTICS_TABLE
                || call.getKind() == SqlKind.SNAPSHOT) {
            call.setOperand(0, from(call.operand(0)));
        }
        return super.visit(call);
    }

    /** A table in a FROM clause, maybe with hints and another name; other nodes are visited on their own. */
    private SqlNode from(SqlNode node) {
        if (node instanceof SqlIdentifier identifier) {
            return full(identifier);
        }
        if (node instanceof SqlTableRef hinted) {
            List<SqlNode> parts = hinted.getOperandList();
            return new SqlTableRef(
                    hinted.getParserPosition(), full((SqlIdentifier) parts.get(0)), (SqlNodeList) parts.get(1));
        }
        if (node.getKind() == SqlKind.AS) {
            SqlCall named = (SqlCall) node;
            named.setOperand(0, from(named.operand(0)));
        }
        return node;
    }

    private SqlIdentifier full(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        if (names.size() > 2 || (names.size() == 1 && commonTables.contains(names.get(0)))) {
            return identifier;
        }
        ObjectName name = catalog.resolve(names);
        return catalog.find(name).isEmpty()
                ? identifier
                : new SqlIdentifier(
                        List.of(name.catalog(), name.database(), name.name()), identifier.getParserPosition());
    }
}
