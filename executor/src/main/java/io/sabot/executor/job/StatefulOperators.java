package io.sabot.executor.job;

import io.sabot.catalog.type.Field;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.filter.RememberOperator;
import io.sabot.executor.operator.ExpiringOperator;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.rank.ChangelogCollectOperator;
import io.sabot.executor.rank.ChangelogNormalizeOperator;
import io.sabot.executor.rank.UpsertMaterializeOperator;
import io.sabot.executor.window.LateRowsOperator;
import io.sabot.executor.window.SessionOperator;
import io.sabot.executor.window.WindowAssignOperator;
import io.sabot.executor.window.WindowTime;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.Conflict;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.LateRows;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StateTtl;
import io.sabot.planner.plan.WindowSpec;
import java.util.Optional;

/** Turns nodes that keep state into operators, by family. */
final class StatefulOperators {
    private StatefulOperators() {}

    static OperatorOpener create(PlanNode node, ExpressionCompiler expressions, Owned owned) {
        OperatorOpener operator = operator(node, expressions, owned);
        StateTtl kept = node.info().kept();
        return kept.isForever()
                ? operator
                : context -> new ExpiringOperator(
                        operator, table -> table.equals("right") ? kept.rightMillis() : kept.leftMillis(), context);
    }

    private static OperatorOpener operator(PlanNode node, ExpressionCompiler expressions, Owned owned) {
        if (node instanceof AggregateNode aggregate) {
            return AggregateOperators.create(aggregate);
        }
        if (node instanceof JoinNode join) {
            return JoinOperators.create(join, expressions, owned);
        }
        if (node instanceof PlanNode.WindowAssign assign) {
            if (assign.window() instanceof WindowSpec.Session session) {
                return context -> SessionOperator.assign(
                        AggregateOperators.time(session, AggregatePhase.SINGLE),
                        session.gap(),
                        session.partitionKeys(),
                        session.partitionKeys().stream()
                                .map(assign.input().schema()::type)
                                .toList(),
                        assign.schema(),
                        context);
            }
            return context -> new WindowAssignOperator(
                    AggregateOperators.windows(assign.window()),
                    AggregateOperators.time(assign.window(), AggregatePhase.SINGLE),
                    assign.schema(),
                    context);
        }
        if (node instanceof LateRows late) {
            return late(late);
        }
        if (node instanceof MatchNode match) {
            return MatchOperators.create(match, expressions, owned);
        }
        if (node instanceof OrderNode order) {
            return OrderOperators.create(order);
        }
        if (node instanceof PlanNode.Remember remember) {
            Projector projector = owned.own(expressions.projector(
                    remember.projections(), remember.input().schema()));
            return context -> new RememberOperator(
                    projector,
                    remember.input().schema(),
                    remember.schema(),
                    remember.remembered(),
                    remember.info().span(),
                    context);
        }
        if (node instanceof PlanNode.UpsertMaterialize materialize) {
            return context -> new UpsertMaterializeOperator(
                    materialize.schema(), materialize.keys(), choice(materialize.conflict()), context);
        }
        if (node instanceof OverNode over) {
            return OverOperators.create(over);
        }
        if (node instanceof PlanNode.ChangelogNormalize normalize) {
            return context -> new ChangelogNormalizeOperator(
                    normalize.schema(),
                    normalize.keys(),
                    normalize.info().stream().emitAtEnd(),
                    context);
        }
        if (node instanceof PlanNode.ChangelogCollect) {
            return context -> new ChangelogCollectOperator(node.schema(), context);
        }
        throw new AssertionError(node);
    }

    private static OperatorOpener late(LateRows node) {
        Optional<Field> stamp = node.stamped()
                ? Optional.of(node.schema().fields().get(node.schema().size() - 1))
                : Optional.empty();
        WindowTime time = AggregateOperators.time(node.window(), AggregatePhase.SINGLE);
        if (node.window() instanceof WindowSpec.Session session) {
            return context -> SessionOperator.late(
                    time,
                    session.gap(),
                    session.partitionKeys(),
                    session.partitionKeys().stream()
                            .map(node.input().schema()::type)
                            .toList(),
                    stamp,
                    context);
        }
        return context -> new LateRowsOperator(AggregateOperators.windows(node.window()), time, stamp, context);
    }

    private static UpsertMaterializeOperator.Choice choice(Conflict conflict) {
        return switch (conflict) {
            case LAST -> UpsertMaterializeOperator.Choice.LAST;
            case FIRST -> UpsertMaterializeOperator.Choice.FIRST;
            case ERROR -> UpsertMaterializeOperator.Choice.ONLY;
        };
    }
}
