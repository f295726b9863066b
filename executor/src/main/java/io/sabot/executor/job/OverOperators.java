package io.sabot.executor.job;

import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.over.ArrivalOverOperator;
import io.sabot.executor.over.Frame;
import io.sabot.executor.over.OverAtEndOperator;
import io.sabot.executor.over.OverCall;
import io.sabot.executor.over.OverSpec;
import io.sabot.executor.over.RankingFunction;
import io.sabot.executor.over.TimedOverOperator;
import io.sabot.planner.plan.OverNode;

/** Turns nodes with OVER calls into operators. */
final class OverOperators {
    private OverOperators() {}

    static OperatorOpener create(OverNode node) {
        OverSpec spec = new OverSpec(
                node.input().schema(),
                node.partition(),
                OrderOperators.columns(node.collations()),
                new Frame(
                        node.frame().rows(), node.frame().lower(), node.frame().upper()),
                node.calls().stream().map(OverOperators::call).toList(),
                node.schema());
        return switch (node.when()) {
            case END -> context -> new OverAtEndOperator(spec, context);
            case ARRIVAL -> context -> new ArrivalOverOperator(spec, timeColumn(node), context);
            case TIME ->
                context -> new TimedOverOperator(
                        spec,
                        timeColumn(node),
                        OrderOperators.time(node.input(), timeColumn(node)).offsetMillis(),
                        context);
        };
    }

    private static int timeColumn(OverNode node) {
        return node.collations().get(0).column();
    }

    private static OverCall call(OverNode.Call call) {
        if (call instanceof OverNode.Aggregate aggregate) {
            return new OverCall.Aggregate(AggregateOperators.aggregate(aggregate.call()));
        }
        if (call instanceof OverNode.Ranking ranking) {
            return new OverCall.Ranking(function(ranking.function()), ranking.buckets());
        }
        if (call instanceof OverNode.Shifted shifted) {
            return new OverCall.Shifted(shifted.column(), shifted.distance(), shifted.otherwise());
        }
        throw new AssertionError(call);
    }

    private static RankingFunction function(OverNode.Ranking.Function function) {
        return switch (function) {
            case ROW_NUMBER -> RankingFunction.ROW_NUMBER;
            case RANK -> RankingFunction.RANK;
            case DENSE_RANK -> RankingFunction.DENSE_RANK;
            case PERCENT_RANK -> RankingFunction.PERCENT_RANK;
            case CUME_DIST -> RankingFunction.CUME_DIST;
            case NTILE -> RankingFunction.NTILE;
        };
    }
}
