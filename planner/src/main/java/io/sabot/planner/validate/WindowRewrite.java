package io.sabot.planner.validate;

import io.sabot.planner.function.WindowFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Brings two spellings of windows into the form that the validator can take, before it sees them: {@code SESSION(TABLE t
 * PARTITION BY k, …)} becomes {@code SESSION(TABLE t, …, DESCRIPTOR(k))}, as set semantics would lose its input, {@code TUMBLE_ROWS} likewise; {@code
 * TUMBLE_START(ts, …)} and its kin become aggregates, as Calcite knows only some of them.
 */
final class WindowRewrite extends SqlShuttle {
    private static final Map<String, SqlAggFunction> PROPERTIES = Map.of(
            "START", WindowFunctions.WINDOW_START,
            "END", WindowFunctions.WINDOW_END,
            "ROWTIME", WindowFunctions.WINDOW_TIME,
            "PROCTIME", WindowFunctions.WINDOW_PROCTIME);

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlCall visited = (SqlCall) super.visit(call);
        if (visited == null || !(visited.getOperator() instanceof SqlFunction function)) {
            return visited;
        }
        String name = function.getName().toUpperCase(Locale.ROOT);
        if ((name.equals("SESSION") || name.equals("TUMBLE_ROWS")) && visited.operandCount() > 0) {
            return keyed(visited);
        }
        for (String window : List.of("TUMBLE_", "HOP_", "SESSION_")) {
            SqlAggFunction property = name.startsWith(window) ? PROPERTIES.get(name.substring(window.length())) : null;
            if (property != null && visited.operandCount() >= 2) {
                return property.createCall(visited.getParserPosition(), visited.<SqlNode>operand(0));
            }
        }
        return visited;
    }

    private static SqlCall keyed(SqlCall call) {
        SqlNode first = call.operand(0);
        boolean named = first.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
        SqlNode data = named ? ((SqlCall) first).operand(0) : first;
        if (!(data instanceof SqlBasicCall table) || table.getKind() != SqlKind.SET_SEMANTICS_TABLE) {
            return call;
        }
        SqlNode input = table.operand(0);
        SqlNodeList keys = table.operand(1);
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(
                0,
                named
                        ? SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
                                first.getParserPosition(), input, ((SqlCall) first).operand(1))
                        : input);
        if (!keys.isEmpty()) {
            SqlNode key = SqlStdOperatorTable.DESCRIPTOR.createCall(keys.getParserPosition(), keys.getList());
            operands.add(
                    named
                            ? SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(
                                    keys.getParserPosition(), key, new SqlIdentifier("KEY", keys.getParserPosition()))
                            : key);
        }
        return call.getOperator().createCall(call.getFunctionQuantifier(), call.getParserPosition(), operands);
    }
}
