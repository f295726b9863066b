package io.sabot.planner.function;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** What makes windows: table functions, and the older functions of GROUP BY. */
public final class WindowFunctions {
    public static final WindowTableFunction TUMBLE =
            new WindowTableFunction("TUMBLE", List.of("DATA", "TIMECOL", "SIZE", "OFFSET"), 3);
    public static final WindowTableFunction HOP =
            new WindowTableFunction("HOP", List.of("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"), 4);
    public static final WindowTableFunction CUMULATE =
            new WindowTableFunction("CUMULATE", List.of("DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"), 4);
    /** The key comes from PARTITION BY, see {@code WindowRewrite}. */
    public static final WindowTableFunction SESSION =
            new WindowTableFunction("SESSION", List.of("DATA", "TIMECOL", "GAP", "KEY"), 3);

    /** Windows of so many rows; the key comes from PARTITION BY. */
    public static final RowWindowFunction TUMBLE_ROWS = new RowWindowFunction("TUMBLE_ROWS");

    /** Stand for {@code TUMBLE_START(…)} and the like: aggregates over the time column, which no operator computes. */
    public static final SqlAggFunction WINDOW_START = property("$WINDOW_START", ReturnTypes.ARG0);

    public static final SqlAggFunction WINDOW_END = property("$WINDOW_END", ReturnTypes.ARG0);
    public static final SqlAggFunction WINDOW_TIME = property("$WINDOW_TIME", ReturnTypes.ARG0);
    public static final SqlAggFunction WINDOW_PROCTIME =
            property("$WINDOW_PROCTIME", ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3));

    static final List<SqlOperator> GROUP_FUNCTIONS =
            List.of(SqlStdOperatorTable.TUMBLE_OLD, SqlStdOperatorTable.HOP_OLD, SqlStdOperatorTable.SESSION_OLD);
    static final List<SqlOperator> PROPERTIES = List.of(WINDOW_START, WINDOW_END, WINDOW_TIME, WINDOW_PROCTIME);

    private WindowFunctions() {}

    private static SqlAggFunction property(String name, SqlReturnTypeInference type) {
        return SqlBasicAggFunction.create(
                name, SqlKind.OTHER_FUNCTION, type.andThen(SqlTypeTransforms.TO_NOT_NULLABLE), OperandTypes.ANY);
    }
}
