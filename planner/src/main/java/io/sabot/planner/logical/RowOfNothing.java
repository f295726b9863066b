package io.sabot.planner.logical;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlCountAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The row that a correlated aggregate without keys has over no rows. Decorrelation makes an outer join of it, whose padding it
 * completes for counts alone: what else is never NULL must come from a count.
 */
final class RowOfNothing {
    private RowOfNothing() {}

    /** The same rows, whose columns that are not NULL over no rows are counts, or made of counts. */
    static RelNode complete(Aggregate aggregate) {
        if (aggregate.getAggCallList().stream().allMatch(RowOfNothing::isCompleted)) {
            return aggregate;
        }
        List<AggregateCall> calls = new ArrayList<>(aggregate.getAggCallList());
        calls.add(AggregateCall.create(
                SqlParserPos.ZERO,
                SqlStdOperatorTable.COUNT,
                false,
                false,
                false,
                List.of(),
                List.of(),
                -1,
                null,
                RelCollations.EMPTY,
                aggregate.getCluster().getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                "$rows"));
        RelNode counted = aggregate.copy(
                aggregate.getTraitSet(),
                aggregate.getInput(),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                calls);
        RexBuilder rex = aggregate.getCluster().getRexBuilder();
        RexNode none = rex.makeCall(
                SqlStdOperatorTable.EQUALS,
                RexInputRef.of(calls.size() - 1, counted.getRowType()),
                rex.makeBigintLiteral(BigDecimal.ZERO));
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < calls.size() - 1; i++) {
            RexNode value = RexInputRef.of(i, counted.getRowType());
            columns.add(
                    isCompleted(calls.get(i))
                            ? value
                            : rex.makeCall(
                                    SqlStdOperatorTable.CASE,
                                    none,
                                    rex.makeLiteral(ofNothing(calls.get(i)), value.getType(), true),
                                    value));
        }
        return LogicalProject.create(
                counted, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of());
    }

    private static boolean isCompleted(AggregateCall call) {
        return call.getType().isNullable() || call.getAggregation() instanceof SqlCountAggFunction;
    }

    private static String ofNothing(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        if (kind == SqlKind.JSON_ARRAYAGG) {
            return "[]";
        }
        if (kind == SqlKind.JSON_OBJECTAGG) {
            return "{}";
        }
        String name = call.getAggregation().getName();
        throw SabotException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        name + " in a sub-query of FROM that has no GROUP BY and reads columns from outside of it")
                .why("its value over no rows is not NULL")
                .hint("group the table by the columns compared with those from outside, and LEFT JOIN it on them");
    }
}
