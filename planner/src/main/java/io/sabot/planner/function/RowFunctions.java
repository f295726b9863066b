package io.sabot.planner.function;

import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Functions of a row among others: those of OVER, of MATCH_RECOGNIZE and the windows of FROM and GROUP BY. */
final class RowFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            analytic(SqlStdOperatorTable.ROW_NUMBER, "ROW_NUMBER()", "The number of the row in its partition"),
            analytic(SqlStdOperatorTable.RANK, "RANK()", "The number of the first row that is equal in order"),
            analytic(SqlStdOperatorTable.DENSE_RANK, "DENSE_RANK()", "The rank without gaps"),
            analytic(SqlStdOperatorTable.PERCENT_RANK, "PERCENT_RANK()", "The rank from 0 to 1"),
            analytic(SqlStdOperatorTable.CUME_DIST, "CUME_DIST()", "The share of rows up to this one"),
            analytic(SqlStdOperatorTable.NTILE, "NTILE(n)", "The number of the part when the partition is cut in n"),
            analytic(SqlStdOperatorTable.LAG, "LAG(x [, offset [, default]])", "x of an earlier row"),
            analytic(SqlStdOperatorTable.LEAD, "LEAD(x [, offset [, default]])", "x of a later row"),
            pattern(SqlStdOperatorTable.FIRST, "FIRST(x [, n])", "x of the first row of a match"),
            pattern(SqlStdOperatorTable.LAST, "LAST(x [, n])", "x of the last row of a match"),
            pattern(SqlStdOperatorTable.PREV, "PREV(x [, n])", "x of the row before, matched or not; in DEFINE")
                    .differing("Flink has none"),
            pattern(
                            SqlStdOperatorTable.NEXT,
                            "NEXT(x [, n])",
                            "x of the row behind, matched or not; in DEFINE, over input that ends")
                    .differing("Flink has none"),
            pattern(SqlStdOperatorTable.CLASSIFIER, "CLASSIFIER()", "The variable that a row was matched to")
                    .differing("not supported"),
            pattern(SqlStdOperatorTable.MATCH_NUMBER, "MATCH_NUMBER()", "The number of the match")
                    .differing("not supported"),
            pattern(
                    MatchFunctions.MATCH_ROWTIME,
                    "MATCH_ROWTIME([time])",
                    "The event time of the last row of a match, a time column"),
            pattern(MatchFunctions.MATCH_PROCTIME, "MATCH_PROCTIME()", "The processing time of a match, a time column"),
            window(
                    WindowFunctions.TUMBLE,
                    "TUMBLE(TABLE t, DESCRIPTOR(time), size [, offset])",
                    "Windows of one size, one behind the other"),
            window(
                    WindowFunctions.HOP,
                    "HOP(TABLE t, DESCRIPTOR(time), slide, size [, offset])",
                    "Windows of one size that start every slide"),
            window(
                    WindowFunctions.CUMULATE,
                    "CUMULATE(TABLE t, DESCRIPTOR(time), step, size [, offset])",
                    "Windows that grow by a step up to a size"),
            window(
                    WindowFunctions.TUMBLE_ROWS,
                    "TUMBLE_ROWS(TABLE t [PARTITION BY key, …], n)",
                    "Windows of n rows of a key each, in order of arrival; bounds are numbers of rows"),
            window(
                    WindowFunctions.SESSION,
                    "SESSION(TABLE t [PARTITION BY key, …], DESCRIPTOR(time), gap)",
                    "Windows that end when nothing came for a gap"));

    private RowFunctions() {}

    private static FunctionDefinition analytic(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.ANALYTIC, operator, syntax, description)
                .nulls(NullRule.AWARE);
    }

    private static FunctionDefinition pattern(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.PATTERN, operator, syntax, description)
                .nulls(NullRule.AWARE);
    }

    private static FunctionDefinition window(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.WINDOW, operator, syntax, description)
                .nulls(NullRule.NEVER);
    }
}
