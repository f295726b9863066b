package io.sabot.planner.resolve;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.validate.SqlFrontend;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Types of the {@code ?} in the query of an INSERT. One that is a value to write has the type of its column, the others
 * have what the expressions around them ask for.
 */
public final class InsertParameters {
    private final List<DataType> columns;
    private final Map<Integer, DataType> written = new TreeMap<>();

    private InsertParameters(List<DataType> columns) {
        this.columns = columns;
    }

    /**
     * The types, in the order of the parameters.
     *
     * @param columns types of the columns that the query fills, by its columns
     */
    public static List<DataType> types(SqlNode query, List<DataType> columns, SqlFrontend frontend) {
        InsertParameters parameters = new InsertParameters(columns);
        parameters.collect(query);
        int count = count(query);
        if (parameters.written.size() < count) {
            SqlNode others = Objects.requireNonNull(query.accept(parameters.new WithoutWritten()));
            Iterator<Field> types = CalciteTypes.toSchema(
                            frontend.validate(others).parameters())
                    .fields()
                    .iterator();
            for (int i = 0; i < count; i++) {
                if (!parameters.written.containsKey(i)) {
                    parameters.written.put(i, types.next().type());
                }
            }
        }
        return List.copyOf(parameters.written.values());
    }

    private void collect(SqlNode node) {
        if (node instanceof SqlSelect select) {
            collectRow(select.getSelectList());
        } else if (node.getKind() == SqlKind.VALUES || node.getKind() == SqlKind.UNION) {
            ((SqlCall) node).getOperandList().forEach(this::collect);
        } else if (node.getKind() == SqlKind.ROW) {
            collectRow(((SqlBasicCall) node).getOperandList());
        }
    }

    private void collectRow(List<SqlNode> row) {
        for (int i = 0; i < Math.min(row.size(), columns.size()); i++) {
            SqlNode item = row.get(i);
            SqlNode value = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            if (value instanceof SqlDynamicParam parameter) {
                written.put(parameter.getIndex(), columns.get(i));
            }
        }
    }

    private static int count(SqlNode query) {
        int[] count = {0};
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlDynamicParam parameter) {
                count[0] = Math.max(count[0], parameter.getIndex() + 1);
                return super.visit(parameter);
            }
        });
        return count[0];
    }

    /** Leaves those parameters whose types are still to be found. */
    private final class WithoutWritten extends SqlShuttle {
        @Override
        public SqlNode visit(SqlDynamicParam parameter) {
            return written.containsKey(parameter.getIndex())
                    ? SqlLiteral.createNull(parameter.getParserPosition())
                    : parameter;
        }
    }
}
