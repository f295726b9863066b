package io.sabot.executor.job;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.aggregate.GroupAggregateOperator;
import io.sabot.executor.aggregate.GroupAggregateSpec;
import io.sabot.executor.aggregate.LocalGroupAggregateOperator;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.join.IntervalBounds;
import io.sabot.executor.join.IntervalJoinOperator;
import io.sabot.executor.join.JoinCondition;
import io.sabot.executor.join.JoinSpec;
import io.sabot.executor.join.JoinType;
import io.sabot.executor.join.RegularJoinOperator;
import io.sabot.executor.join.WindowJoinOperator;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.rank.ChangelogNormalizeOperator;
import io.sabot.executor.rank.LimitOperator;
import io.sabot.executor.rank.SortColumn;
import io.sabot.executor.rank.SortOperator;
import io.sabot.executor.window.LocalWindowAggregateOperator;
import io.sabot.executor.window.SessionAggregateOperator;
import io.sabot.executor.window.SessionAggregateSpec;
import io.sabot.executor.window.WindowAggregateOperator;
import io.sabot.executor.window.WindowAggregateSpec;
import io.sabot.executor.window.WindowAssignOperator;
import io.sabot.executor.window.WindowColumn;
import io.sabot.executor.window.WindowTime;
import io.sabot.executor.window.Windows;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.JoinKeys;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns nodes that keep state into operators: one short method per node. */
final class StatefulOperators {
    private StatefulOperators() {}

    static Operator create(PlanNode node, ExpressionCompiler expressions) {
        if (node instanceof PlanNode.WindowAggregate aggregate) {
            return windowAggregate(aggregate);
        }
        if (node instanceof PlanNode.GroupAggregate aggregate) {
            return groupAggregate(aggregate);
        }
        if (node instanceof PlanNode.Join join) {
            JoinCondition condition = join.condition()
                    .map(term -> condition(expressions.predicate(term, joined(join.left(), join.right()))))
                    .orElse(JoinCondition.NONE);
            return new RegularJoinOperator(
                    joinSpec(join.left(), join.right(), join.kind(), join.keys(), condition),
                    join.info().stream().emitAtEnd());
        }
        if (node instanceof PlanNode.IntervalJoin join) {
            return intervalJoin(join, expressions);
        }
        if (node instanceof PlanNode.WindowJoin join) {
            return windowJoin(join, expressions);
        }
        if (node instanceof PlanNode.WindowAssign assign) {
            return new WindowAssignOperator(
                    windows(assign.window()), time(assign.window(), AggregatePhase.SINGLE), assign.schema());
        }
        if (node instanceof PlanNode.Sort sort) {
            return sort(sort);
        }
        if (node instanceof PlanNode.ChangelogNormalize normalize) {
            return new ChangelogNormalizeOperator(
                    normalize.schema(),
                    normalize.keys(),
                    normalize.info().stream().emitAtEnd());
        }
        throw new AssertionError(node);
    }

    private static Operator sort(PlanNode.Sort node) {
        if (node.collations().isEmpty()) {
            return new LimitOperator(node.offset(), node.fetch());
        }
        List<SortColumn> columns = node.collations().stream()
                .map(order -> new SortColumn(order.column(), order.descending(), order.nullsFirst()))
                .toList();
        return new SortOperator(node.schema(), columns, node.offset(), node.fetch());
    }

    private static Operator intervalJoin(PlanNode.IntervalJoin node, ExpressionCompiler expressions) {
        JoinCondition condition = node.condition()
                .map(term -> condition(expressions.predicate(term, joined(node.left(), node.right()))))
                .orElse(JoinCondition.NONE);
        return new IntervalJoinOperator(
                joinSpec(node.left(), node.right(), node.kind(), node.keys(), condition),
                node.leftTime(),
                node.rightTime(),
                new IntervalBounds(
                        node.lowerMillis(),
                        node.upperMillis(),
                        offset(node.left(), node.leftTime()),
                        offset(node.right(), node.rightTime())));
    }

    /** How far the watermark of a time column is behind that of its stream. */
    private static long offset(PlanNode input, int column) {
        return input.info().stream().times().stream()
                .filter(time -> time.column() == column)
                .mapToLong(StreamProperties.TimeColumn::offsetMillis)
                .findFirst()
                .orElseThrow(() -> new AssertionError("column " + column + " of " + input + " carries no time"));
    }

    private static Operator windowJoin(PlanNode.WindowJoin node, ExpressionCompiler expressions) {
        JoinCondition condition = node.condition()
                .map(term -> condition(expressions.predicate(term, joined(node.left(), node.right()))))
                .orElse(JoinCondition.NONE);
        WindowSpec.Time windows = windowTime(node.left()).orElseThrow(() -> new AssertionError(node));
        return new WindowJoinOperator(
                joinSpec(node.left(), node.right(), node.kind(), node.keys(), condition),
                node.leftEnd(),
                node.rightEnd(),
                new WindowTime(WindowTime.Carries.WINDOW_END, node.leftEnd(), windows.domain(), windows.zone(), 0));
    }

    /** Time of the windows that rows carry: that of the nearest node that assigned or passed them on. */
    private static Optional<WindowSpec.Time> windowTime(PlanNode node) {
        if (node instanceof PlanNode.WindowAggregate aggregate) {
            return Optional.of(aggregate.window().time());
        }
        if (node instanceof PlanNode.WindowAssign assign) {
            return Optional.of(assign.window().time());
        }
        return node.inputs().stream()
                .flatMap(input -> windowTime(input).stream())
                .findFirst();
    }

    private static Operator sessionAggregate(PlanNode.WindowAggregate node, WindowSpec.Session session) {
        return new SessionAggregateOperator(new SessionAggregateSpec(
                time(session, AggregatePhase.SINGLE),
                session.gap(),
                node.keys(),
                types(node.input().schema(), node.keys()),
                aggregates(node.calls()),
                node.windowColumns().stream().map(StatefulOperators::column).toList(),
                isRetracting(node.input()),
                node.schema()));
    }

    private static JoinCondition condition(Predicate predicate) {
        return predicate::select;
    }

    private static Operator windowAggregate(PlanNode.WindowAggregate node) {
        if (node.window() instanceof WindowSpec.Session session) {
            return sessionAggregate(node, session);
        }
        WindowAggregateSpec spec = new WindowAggregateSpec(
                windows(node.window()),
                time(node.window(), node.phase()),
                node.keys(),
                types(node.input().schema(), node.keys()),
                aggregates(node.calls()),
                node.windowColumns().stream().map(StatefulOperators::column).toList(),
                isRetracting(node.input()),
                node.schema());
        return switch (node.phase()) {
            case SINGLE -> new WindowAggregateOperator(spec, false);
            case LOCAL -> new LocalWindowAggregateOperator(spec);
            case GLOBAL -> new WindowAggregateOperator(spec, true);
        };
    }

    private static Windows windows(WindowSpec window) {
        if (window instanceof WindowSpec.Tumble tumble) {
            return Windows.tumble(tumble.size(), tumble.offset());
        }
        if (window instanceof WindowSpec.Hop hop) {
            return Windows.hop(hop.slide(), hop.size(), hop.offset());
        }
        if (window instanceof WindowSpec.Cumulate cumulate) {
            return Windows.cumulate(cumulate.step(), cumulate.size(), cumulate.offset());
        }
        if (window instanceof WindowSpec.Attached) {
            return Windows.tumble(1, 0);
        }
        throw new AssertionError(window);
    }

    private static WindowTime time(WindowSpec window, AggregatePhase phase) {
        WindowTime.Carries carries = window instanceof WindowSpec.Attached
                ? WindowTime.Carries.WINDOW_END
                : phase == AggregatePhase.GLOBAL ? WindowTime.Carries.PANE_END : WindowTime.Carries.ROW_TIME;
        WindowSpec.Time time = window.time();
        return new WindowTime(carries, time.column(), time.domain(), time.zone(), time.offsetMillis());
    }

    private static WindowColumn column(io.sabot.planner.plan.WindowColumn column) {
        return switch (column) {
            case START -> WindowColumn.START;
            case END -> WindowColumn.END;
            case TIME -> WindowColumn.TIME;
            case PROCTIME -> WindowColumn.PROCTIME;
        };
    }

    private static Operator groupAggregate(PlanNode.GroupAggregate node) {
        boolean atEnd = node.info().stream().emitAtEnd();
        boolean last = node.phase() != AggregatePhase.LOCAL;
        GroupAggregateSpec spec = new GroupAggregateSpec(
                node.keys(),
                types(node.input().schema(), node.keys()),
                aggregates(node.calls()),
                isRetracting(node.input()),
                atEnd,
                false,
                atEnd && last && node.keys().isEmpty(),
                node.schema());
        return switch (node.phase()) {
            case SINGLE -> new GroupAggregateOperator(spec, false);
            case LOCAL -> new LocalGroupAggregateOperator(spec);
            case GLOBAL -> new GroupAggregateOperator(spec, true);
        };
    }

    private static List<AggregateSpec> aggregates(List<AggregateCall> calls) {
        return calls.stream()
                .map(call -> new AggregateSpec(
                        call.function(),
                        call.distinct(),
                        call.arguments(),
                        call.argumentTypes(),
                        call.filter(),
                        call.type()))
                .toList();
    }

    private static List<DataType> types(Schema schema, List<Integer> columns) {
        return columns.stream().map(schema::type).toList();
    }

    private static boolean isRetracting(PlanNode input) {
        return input.info().stream().changelog() != ChangelogMode.APPEND_ONLY;
    }

    private static JoinSpec joinSpec(
            PlanNode left, PlanNode right, JoinKind kind, JoinKeys keys, JoinCondition condition) {
        return new JoinSpec(
                type(kind), left.schema(), right.schema(), keys.left(), keys.right(), keys.nullSafe(), condition);
    }

    /** Columns that a join's condition sees: those of the left input, then those of the right. */
    private static Schema joined(PlanNode left, PlanNode right) {
        List<Field> fields = new ArrayList<>(left.schema().fields());
        fields.addAll(right.schema().fields());
        return new Schema(fields);
    }

    private static JoinType type(JoinKind kind) {
        return switch (kind) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT -> JoinType.RIGHT;
            case FULL -> JoinType.FULL;
            case SEMI -> JoinType.SEMI;
            case ANTI -> JoinType.ANTI;
        };
    }
}
