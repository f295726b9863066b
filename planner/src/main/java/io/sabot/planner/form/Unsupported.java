package io.sabot.planner.form;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWithItem;

/** Clauses and operators that the grammar has and nothing behind it knows: recursive queries, samples, sequences. */
final class Unsupported {
    private static final Map<SqlKind, Refusal> REFUSED = Map.of(
            SqlKind.TABLESAMPLE,
            new Refusal("TABLESAMPLE is not supported", "WHERE RAND() < 0.1 takes about a tenth"),
            SqlKind.WITHIN_DISTINCT,
            new Refusal("WITHIN DISTINCT is not supported", "aggregate over a sub-query of SELECT DISTINCT"),
            SqlKind.ARRAY_QUERY_CONSTRUCTOR,
            new Refusal("ARRAY(query) is not supported", "write (SELECT ARRAY_AGG(x) FROM …)"),
            SqlKind.MULTISET_QUERY_CONSTRUCTOR,
            new Refusal("MULTISET(query) is not supported", "write (SELECT COLLECT(x) FROM …)"),
            SqlKind.MAP_QUERY_CONSTRUCTOR,
            new Refusal(
                    "MAP(query) is not supported", "write (SELECT MAP_FROM_ARRAYS(ARRAY_AGG(k), ARRAY_AGG(v)) FROM …)"),
            SqlKind.MULTISET_VALUE_CONSTRUCTOR,
            new Refusal("MULTISET[…] is not supported", "write ARRAY[…], or COLLECT(x) over rows"),
            SqlKind.NEXT_VALUE,
            new Refusal("sequences are not supported", "UUID() makes keys"),
            SqlKind.CURRENT_VALUE,
            new Refusal("sequences are not supported", "UUID() makes keys"));

    private record Refusal(String what, String hint) {
        SabotException at(SqlNode node) {
            return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what)
                    .at(SqlSpans.of(node))
                    .hint(hint);
        }
    }

    private Unsupported() {}

    static void check(SqlCall call) {
        Refusal refusal = REFUSED.get(call.getKind());
        if (refusal != null) {
            throw refusal.at(call);
        }
        switch (call.getKind()) {
            case WITH_ITEM -> recursion((SqlWithItem) call);
            case WITHIN_GROUP -> withinGroup(call);
            case OVER -> over(call);
            case ROW -> row(call);
            default -> {}
        }
    }

    private static void recursion(SqlWithItem item) {
        if (item.recursive.booleanValue()) {
            throw new Refusal(
                            "WITH RECURSIVE is not supported",
                            "leave RECURSIVE out if no query of the WITH reads itself")
                    .at(item.name);
        }
    }

    private static void withinGroup(SqlCall call) {
        if (call.operand(0) instanceof SqlCall function && function.getKind() != SqlKind.JSON_ARRAYAGG) {
            boolean percentile = function.getOperator().getName().startsWith("PERCENTILE");
            String hint = percentile
                    ? "write PERCENTILE(x, fraction)"
                    : "leave it out: the function gives values in their order of arrival";
            throw new Refusal("WITHIN GROUP is not supported", hint).at(call);
        }
    }

    private static void over(SqlCall call) {
        if (call.operand(0).getKind() == SqlKind.FILTER) {
            throw new Refusal(
                            "FILTER together with OVER is not supported",
                            "put the condition into the argument: SUM(CASE WHEN condition THEN x END) OVER (…)")
                    .at(call);
        }
    }

    private static void row(SqlCall call) {
        for (SqlNode value : call.getOperandList()) {
            if (value.getKind() == SqlKind.DEFAULT) {
                throw new Refusal(
                                "DEFAULT is not supported",
                                "write NULL, or leave the column out: INSERT INTO t (columns) VALUES …")
                        .at(value);
            }
        }
    }
}
