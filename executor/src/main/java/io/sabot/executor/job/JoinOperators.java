package io.sabot.executor.job;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.join.AppendJoinOperator;
import io.sabot.executor.join.IntervalBounds;
import io.sabot.executor.join.IntervalJoinOperator;
import io.sabot.executor.join.JoinCondition;
import io.sabot.executor.join.JoinSpec;
import io.sabot.executor.join.JoinType;
import io.sabot.executor.join.LookupJoinOperator;
import io.sabot.executor.join.LookupKeeping;
import io.sabot.executor.join.LookupRows;
import io.sabot.executor.join.RegularJoinOperator;
import io.sabot.executor.join.SetOperation;
import io.sabot.executor.join.SetOperator;
import io.sabot.executor.join.TemporalJoinOperator;
import io.sabot.executor.join.VersionMatch;
import io.sabot.executor.join.WindowJoinOperator;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.window.WindowTime;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.JoinKeys;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.LookupReading;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.SetKind;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns join nodes into operators. */
final class JoinOperators {
    private JoinOperators() {}

    static OperatorOpener create(JoinNode node, ExpressionCompiler expressions, Owned owned) {
        if (node instanceof JoinNode.Regular join) {
            return regular(join, expressions, owned);
        }
        if (node instanceof JoinNode.Interval join) {
            return intervalJoin(join, expressions, owned);
        }
        if (node instanceof JoinNode.Window join) {
            return windowJoin(join, expressions, owned);
        }
        if (node instanceof JoinNode.Lookup) {
            throw new AssertionError("made by OperatorFactory, which knows sources: " + node);
        }
        if (node instanceof JoinNode.Temporal join) {
            return temporal(join, expressions, owned);
        }
        if (node instanceof JoinNode.SetOperation set) {
            return context -> new SetOperator(
                    operation(set.kind()), set.schema(), set.info().stream().emitAtEnd(), context);
        }
        throw new AssertionError(node);
    }

    private static SetOperation operation(SetKind kind) {
        return switch (kind) {
            case INTERSECT -> SetOperation.INTERSECT;
            case INTERSECT_ALL -> SetOperation.INTERSECT_ALL;
            case EXCEPT -> SetOperation.EXCEPT;
            case EXCEPT_ALL -> SetOperation.EXCEPT_ALL;
        };
    }

    private static OperatorOpener temporal(JoinNode.Temporal node, ExpressionCompiler expressions, Owned owned) {
        JoinCondition condition = condition(
                node.condition().map(term -> expressions.predicate(term, joined(node.left(), node.right()))), owned);
        boolean atEnd = node.info().stream().emitAtEnd();
        return context -> new TemporalJoinOperator(
                joinSpec(node.left(), node.right(), node.kind(), node.keys(), condition),
                node.leftTime(),
                node.rightTime(),
                match(node.match()),
                atEnd ? 0 : offset(node.left(), node.leftTime()),
                atEnd ? 0 : offset(node.right(), node.rightTime()),
                atEnd,
                context);
    }

    /** @param rows of the table */
    static OperatorOpener lookup(JoinNode.Lookup node, LookupRows rows, ExpressionCompiler expressions, Owned owned) {
        JoinCondition condition = condition(
                node.condition().map(term -> expressions.predicate(term, joined(node.left(), node.table()))), owned);
        return context -> new LookupJoinOperator(
                joinSpec(node.left(), node.table(), node.kind(), node.keys(), condition),
                rows,
                keeping(node.reading()),
                node.remembers(),
                context);
    }

    private static LookupKeeping keeping(LookupReading reading) {
        return new LookupKeeping(
                reading.reloadMillis(),
                reading.cache()
                        .map(cache -> new LookupKeeping.Keys(
                                cache.afterWriteMillis(),
                                cache.afterAccessMillis(),
                                cache.maxRows(),
                                cache.missingKeys()))
                        .orElse(null),
                reading.retry()
                        .map(retry -> new LookupKeeping.Retry(retry.delayMillis(), retry.attempts(), retry.anew()))
                        .orElse(null));
    }

    private static VersionMatch match(io.sabot.planner.plan.VersionMatch match) {
        return switch (match) {
            case AT_OR_BEFORE -> VersionMatch.AT_OR_BEFORE;
            case BEFORE -> VersionMatch.BEFORE;
            case AT_OR_AFTER -> VersionMatch.AT_OR_AFTER;
            case AFTER -> VersionMatch.AFTER;
        };
    }

    private static OperatorOpener regular(JoinNode.Regular node, ExpressionCompiler expressions, Owned owned) {
        JoinCondition condition = condition(
                node.condition().map(term -> expressions.predicate(term, joined(node.left(), node.right()))), owned);
        JoinSpec spec = joinSpec(node.left(), node.right(), node.kind(), node.keys(), condition);
        boolean keepsAll = node.info().kept().isForever();
        return keepsAll && spec.type() == JoinType.INNER && isAppendOnly(node.left()) && isAppendOnly(node.right())
                ? context -> new AppendJoinOperator(spec, context)
                : context -> new RegularJoinOperator(spec, node.info().stream().emitAtEnd(), context);
    }

    private static boolean isAppendOnly(PlanNode node) {
        return node.info().stream().changelog() == ChangelogMode.APPEND_ONLY;
    }

    private static OperatorOpener intervalJoin(JoinNode.Interval node, ExpressionCompiler expressions, Owned owned) {
        JoinCondition condition = condition(
                node.condition().map(term -> expressions.predicate(term, joined(node.left(), node.right()))), owned);
        return context -> new IntervalJoinOperator(
                joinSpec(node.left(), node.right(), node.kind(), node.keys(), condition),
                node.leftTime(),
                node.rightTime(),
                node.domain(),
                new IntervalBounds(
                        node.lowerMillis(),
                        node.upperMillis(),
                        offset(node.left(), node.leftTime()),
                        offset(node.right(), node.rightTime())),
                context);
    }

    /** How far the watermark of a time column is behind that of its stream. */
    private static long offset(PlanNode input, int column) {
        return input.info().stream().times().stream()
                .filter(time -> time.column() == column)
                .mapToLong(StreamProperties.TimeColumn::offsetMillis)
                .findFirst()
                .orElseThrow(() -> new AssertionError("column " + column + " of " + input + " carries no time"));
    }

    private static OperatorOpener windowJoin(JoinNode.Window node, ExpressionCompiler expressions, Owned owned) {
        JoinCondition condition = condition(
                node.condition().map(term -> expressions.predicate(term, joined(node.left(), node.right()))), owned);
        WindowSpec.Time windows = windowTime(node.left()).orElseThrow(() -> new AssertionError(node));
        WindowSpec.Time others = windowTime(node.right()).orElseThrow(() -> new AssertionError(node));
        long offset = Math.min(windows.offsetMillis(), others.offsetMillis());
        return context -> new WindowJoinOperator(
                joinSpec(node.left(), node.right(), node.kind(), node.keys(), condition),
                node.leftEnd(),
                node.rightEnd(),
                new WindowTime(WindowTime.Carries.WINDOW_END, node.leftEnd(), windows.domain(), windows.zone(), offset),
                context);
    }

    /** Time of the windows that rows carry: that of the nearest node that assigned or passed them on. */
    static Optional<WindowSpec.Time> windowTime(PlanNode node) {
        if (node instanceof AggregateNode.Window aggregate) {
            return Optional.of(aggregate.window().time());
        }
        if (node instanceof PlanNode.WindowAssign assign) {
            return Optional.of(assign.window().time());
        }
        return node.inputs().stream()
                .flatMap(input -> windowTime(input).stream())
                .findFirst();
    }

    /** @param owned closes what was compiled */
    private static JoinCondition condition(Optional<Predicate> predicate, Owned owned) {
        return predicate.map(owned::own).map(JoinOperators::condition).orElse(JoinCondition.NONE);
    }

    private static JoinCondition condition(Predicate predicate) {
        return new JoinCondition() {
            @Override
            public Selection select(Batch joined) {
                return predicate.select(joined);
            }

            @Override
            public boolean reads(int column) {
                return predicate.reads(column);
            }
        };
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
            case MARK -> JoinType.MARK;
        };
    }
}
