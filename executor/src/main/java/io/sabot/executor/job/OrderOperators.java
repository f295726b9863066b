package io.sabot.executor.job;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.rank.DeduplicateOperator;
import io.sabot.executor.rank.FirstRowOperator;
import io.sabot.executor.rank.LimitOperator;
import io.sabot.executor.rank.RankFunction;
import io.sabot.executor.rank.RankOperator;
import io.sabot.executor.rank.RankSpec;
import io.sabot.executor.rank.SortColumn;
import io.sabot.executor.rank.SortOperator;
import io.sabot.executor.rank.TimeSortOperator;
import io.sabot.executor.rank.WindowRankOperator;
import io.sabot.executor.window.WindowTime;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OrderNode.Collation;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import io.sabot.planner.plan.WindowSpec;
import java.util.List;

/** Turns nodes that know an order into operators. */
final class OrderOperators {
    private OrderOperators() {}

    static OperatorOpener create(OrderNode node) {
        if (node instanceof OrderNode.Sort sort) {
            return sort.collations().isEmpty()
                    ? context -> new LimitOperator(sort.offset(), sort.fetch(), context)
                    : context -> new SortOperator(
                            sort.schema(), columns(sort.collations()), sort.offset(), sort.fetch(), context);
        }
        if (node instanceof OrderNode.TimeSort sort) {
            return timeSort(sort);
        }
        if (node instanceof OrderNode.Rank rank) {
            return context -> new RankOperator(
                    new RankSpec(
                            rank.input().schema(),
                            function(rank.function()),
                            rank.partition(),
                            columns(rank.collations()),
                            rank.from(),
                            rank.to(),
                            rank.schema()),
                    rank.input().info().stream().changelog() != ChangelogMode.APPEND_ONLY,
                    rank.info().stream().emitAtEnd(),
                    context);
        }
        if (node instanceof OrderNode.WindowRank rank) {
            return windowRank(rank);
        }
        if (node instanceof OrderNode.Deduplicate keep) {
            return deduplicate(keep);
        }
        throw new AssertionError(node);
    }

    private static OperatorOpener timeSort(OrderNode.TimeSort node) {
        int time = node.collations().get(0).column();
        List<SortColumn> ties =
                columns(node.collations().subList(1, node.collations().size()));
        Schema schema = node.input().schema();
        return context -> new TimeSortOperator(
                new RankSpec(schema, RankFunction.ROW_NUMBER, List.of(), ties, 1, Long.MAX_VALUE, schema),
                time,
                time(node.input(), time).offsetMillis(),
                context);
    }

    private static OperatorOpener windowRank(OrderNode.WindowRank node) {
        WindowSpec.Time windows = JoinOperators.windowTime(node.input()).orElseThrow(() -> new AssertionError(node));
        return context -> new WindowRankOperator(
                new RankSpec(
                        node.input().schema(),
                        function(node.function()),
                        node.partition(),
                        columns(node.collations()),
                        node.from(),
                        node.to(),
                        node.schema()),
                new WindowTime(
                        WindowTime.Carries.WINDOW_END,
                        node.windowEnd(),
                        windows.domain(),
                        windows.zone(),
                        time(node.input(), node.windowEnd()).offsetMillis()),
                node.latest(),
                context);
    }

    private static OperatorOpener deduplicate(OrderNode.Deduplicate node) {
        Schema schema = node.input().schema();
        RankSpec spec = new RankSpec(
                schema, RankFunction.ROW_NUMBER, node.partition(), columns(node.collations()), 1, 1, schema);
        return node.collations().isEmpty() && !node.latest()
                ? context -> new FirstRowOperator(spec, context)
                : context -> new DeduplicateOperator(
                        spec, node.latest(), node.info().stream().emitAtEnd(), context);
    }

    static TimeColumn time(PlanNode input, int column) {
        return input.info().stream().times().stream()
                .filter(time -> time.column() == column)
                .findFirst()
                .orElseThrow(() -> new AssertionError("column " + column + " of " + input + " carries no time"));
    }

    static List<SortColumn> columns(List<Collation> collations) {
        return collations.stream()
                .map(order -> new SortColumn(order.column(), order.descending(), order.nullsFirst()))
                .toList();
    }

    private static RankFunction function(io.sabot.planner.plan.RankFunction function) {
        return switch (function) {
            case ROW_NUMBER -> RankFunction.ROW_NUMBER;
            case RANK -> RankFunction.RANK;
            case DENSE_RANK -> RankFunction.DENSE_RANK;
        };
    }
}
