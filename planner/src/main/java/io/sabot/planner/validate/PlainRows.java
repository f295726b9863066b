package io.sabot.planner.validate;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.View;
import io.sabot.parser.SqlParser;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one table whose rows a view, a sub-query or a common table gives one by one, filtered and projected: there state
 * of what reads it is state of the rows of the table.
 */
final class PlainRows {
    private final CatalogReader catalog;
    private final Map<String, SqlNode> commonTables = new HashMap<>();

    PlainRows(CatalogReader catalog) {
        this.catalog = catalog;
    }

    /** Notes a query of a WITH clause. */
    void add(SqlWithItem item) {
        commonTables.put(item.name.getSimple(), item.query);
    }

    /** The table of what stands in FROM; empty when it does more than filter and project. */
    Optional<ObjectName> table(SqlNode from) {
        if (from instanceof SqlIdentifier name) {
            SqlNode common = name.isSimple() ? commonTables.remove(name.getSimple()) : null;
            if (common == null) {
                return named(catalog.resolve(name.names));
            }
            try {
                return query(common); // in which its name means something else
            } finally {
                commonTables.put(name.getSimple(), common);
            }
        }
        if (from instanceof SqlTableRef table) {
            return table(table.operand(0));
        }
        return from.getKind() == SqlKind.AS ? table(((SqlCall) from).operand(0)) : query(from);
    }

    private Optional<ObjectName> named(ObjectName name) {
        CatalogObject object = catalog.find(name).orElse(null);
        if (object instanceof View view) {
            Statement statement = SqlParser.parse(view.querySql());
            // names of a WITH clause around mean nothing in a view
            return statement instanceof Query query ? new PlainRows(catalog).query(query.query()) : Optional.empty();
        }
        return object instanceof Table || object instanceof MaterializedView ? Optional.of(name) : Optional.empty();
    }

    private Optional<ObjectName> query(SqlNode node) {
        if (!(node instanceof SqlSelect select) || select.getFrom() == null) {
            return Optional.empty();
        }
        boolean plain = !select.isDistinct()
                && select.getGroup() == null
                && select.getHaving() == null
                && select.getQualify() == null
                && select.getOrderList() == null
                && select.getFetch() == null
                && select.getOffset() == null
                && isPlain(select.getSelectList())
                && isPlain(select.getWhere());
        return plain ? table(select.getFrom()) : Optional.empty();
    }

    /** Whether expressions hold no aggregate, which is not yet told from other functions, and no query. */
    private static boolean isPlain(@Nullable SqlNode node) {
        if (node == null) {
            return true;
        }
        try {
            node.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlCall call) {
                    if (call.getOperator() instanceof SqlFunction
                            || call.getKind() == SqlKind.OVER
                            || call.isA(SqlKind.QUERY)) {
                        throw Util.FoundOne.NULL;
                    }
                    return super.visit(call);
                }

                @Override
                public @Nullable Void visit(SqlNodeList list) {
                    for (SqlNode element : list) {
                        element.accept(this);
                    }
                    return null;
                }
            });
            return true;
        } catch (Util.FoundOne e) {
            return false;
        }
    }
}
