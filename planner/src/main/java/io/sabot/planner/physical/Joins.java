package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Joins: of equal windows, of rows near in time, and of everything else, which keeps all rows. */
final class Joins {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;

    Joins(Build build, Calcs calcs, Exchanges exchanges) {
        this.build = build;
        this.calcs = calcs;
        this.exchanges = exchanges;
    }

    Stage join(Join join, Stage left, Stage right) {
        JoinKind kind = kind(join);
        JoinInputs inputs = JoinInputs.of(join.getCondition(), left, right, build, calcs);
        if (kind == JoinKind.MARK) {
            return new Marks(build, calcs, exchanges, this::regular)
                    .mark(inputs, left.schema().size(), join.getRowType().getFieldNames());
        }
        boolean appendOnly = left.isAppendOnly() && right.isAppendOnly();
        Optional<WindowPair> windows = appendOnly ? WindowPair.find(inputs) : Optional.empty();
        Optional<IntervalBounds> interval =
                appendOnly && windows.isEmpty() && kind.isPairing() ? IntervalBounds.find(inputs) : Optional.empty();
        Stage joined = windows.map(pair -> window(inputs, kind, pair))
                .or(() -> interval.map(bounds -> interval(inputs, kind, bounds)))
                .orElseGet(() -> regular(inputs, kind));
        return outputs(join, kind, left, right, inputs, joined);
    }

    private JoinKind kind(Join join) {
        return switch (join.getJoinType()) {
            case INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
            case SEMI -> JoinKind.SEMI;
            case ANTI -> JoinKind.ANTI;
            case LEFT_MARK -> JoinKind.MARK;
            case ASOF, LEFT_ASOF -> throw new AssertionError(join);
        };
    }

    private Stage window(JoinInputs inputs, JoinKind kind, WindowPair pair) {
        build.demand.late(inputs.left());
        build.demand.late(inputs.right());
        Partitioned placed = partitioned(
                inputs.left(), inputs.right(), pair.keys().left(), pair.keys().right());
        long leftOffset = endOffset(inputs.left(), pair.left());
        long rightOffset = endOffset(inputs.right(), pair.right());
        long offset = Math.min(leftOffset, rightOffset); // a window ends when it has ended on both sides
        List<TimeColumn> leftTimes = times(inputs.left(), pair.left(), offset - leftOffset);
        List<TimeColumn> rightTimes = times(inputs.right(), pair.right(), offset - rightOffset);
        StreamProperties stream = stream(inputs, kind, false, times(inputs, kind, leftTimes, rightTimes));
        PlanNode node = new JoinNode.Window(
                build.info("window-join", schema(inputs, kind), stream),
                placed.left().node(),
                placed.right().node(),
                kind,
                pair.keys(),
                pair.left().end(),
                pair.right().end(),
                condition(inputs.residual()));
        List<CarriedWindow> windows = kind.keepsRight() ? List.of() : List.of(pair.left());
        return stage(node, placed, kind, inputs, windows);
    }

    private static long endOffset(Stage input, CarriedWindow window) {
        return input.time(window.end()).map(TimeColumn::offsetMillis).orElse(0L);
    }

    /** Columns of the window, so much further behind the watermark. */
    private static List<TimeColumn> times(Stage input, CarriedWindow window, long further) {
        Set<Integer> columns = Set.of(window.start(), window.end(), window.time() < 0 ? -2 : window.time());
        return input.stream().times().stream()
                .filter(time -> columns.contains(time.column()))
                .map(time -> new TimeColumn(time.column(), time.domain(), time.offsetMillis() + further))
                .toList();
    }

    private Stage interval(JoinInputs inputs, JoinKind kind, IntervalBounds bounds) {
        TimeColumn left = inputs.left().time(bounds.left()).orElseThrow();
        TimeColumn right = inputs.right().time(bounds.right()).orElseThrow();
        if (left.domain() == TimeDomain.EVENT) {
            build.demand.time(inputs.left());
            build.demand.time(inputs.right());
        }
        Partitioned placed = partitioned(
                inputs.left(),
                inputs.right(),
                inputs.keys().left(),
                inputs.keys().right());
        long leftOffset = Math.min(left.offsetMillis(), right.offsetMillis() + bounds.lowerMillis());
        long rightOffset = Math.min(right.offsetMillis(), left.offsetMillis() - bounds.upperMillis());
        List<TimeColumn> times = times(
                inputs,
                kind,
                List.of(new TimeColumn(left.column(), left.domain(), leftOffset)),
                List.of(new TimeColumn(right.column(), right.domain(), rightOffset)));
        PlanNode node = new JoinNode.Interval(
                build.info("interval-join", schema(inputs, kind), stream(inputs, kind, false, times)),
                placed.left().node(),
                placed.right().node(),
                kind,
                inputs.keys(),
                left.domain(),
                bounds.left(),
                bounds.right(),
                bounds.lowerMillis(),
                bounds.upperMillis(),
                condition(bounds.rest()));
        return stage(node, placed, kind, inputs, List.of());
    }

    private Stage regular(JoinInputs inputs, JoinKind kind) {
        calcs.checkRepeatable(inputs.left(), inputs.residual());
        calcs.checkRepeatable(inputs.right(), inputs.residual());
        Partitioned placed = partitioned(
                inputs.left(),
                inputs.right(),
                inputs.keys().left(),
                inputs.keys().right());
        boolean grows = kind == JoinKind.INNER || kind == JoinKind.SEMI;
        boolean updates =
                !grows || !inputs.left().isAppendOnly() || !inputs.right().isAppendOnly();
        PlanNode node = new JoinNode.Regular(
                build.keeping(
                        "join",
                        schema(inputs, kind),
                        stream(inputs, kind, updates, List.of()),
                        inputs.left(),
                        inputs.right()),
                placed.left().node(),
                placed.right().node(),
                kind,
                inputs.keys(),
                condition(inputs.residual()));
        return stage(node, placed, kind, inputs, List.of());
    }

    private StreamProperties stream(JoinInputs inputs, JoinKind kind, boolean updates, List<TimeColumn> times) {
        boolean waits = updates && build.options.atEnd();
        StreamProperties left = inputs.left().stream();
        StreamProperties right = inputs.right().stream();
        return new StreamProperties(
                updates && !waits ? ChangelogMode.RETRACT : ChangelogMode.APPEND_ONLY,
                JoinUpsertKeys.of(inputs, kind),
                times,
                left.bounded() && right.bounded(),
                waits);
    }

    /** Times of both sides in the output, but not of a side that can be padded with NULLs. */
    private static List<TimeColumn> times(
            JoinInputs inputs, JoinKind kind, List<TimeColumn> left, List<TimeColumn> right) {
        List<TimeColumn> times = new ArrayList<>();
        if (!kind.keepsRight()) {
            times.addAll(left);
        }
        if (!kind.keepsLeft() && kind.isPairing()) {
            int shift = inputs.left().schema().size();
            right.forEach(time -> times.add(new TimeColumn(time.column() + shift, time.domain(), time.offsetMillis())));
        }
        return times;
    }

    private Optional<RexNode> condition(List<RexNode> conjuncts) {
        return conjuncts.isEmpty() ? Optional.empty() : Optional.of(RexUtil.composeConjunction(build.rex, conjuncts));
    }

    static Schema schema(JoinInputs inputs, JoinKind kind) {
        List<Field> fields = new ArrayList<>();
        inputs.left().schema().fields().forEach(field -> fields.add(padded(field, kind.keepsRight())));
        if (kind.isPairing()) {
            inputs.right().schema().fields().forEach(field -> fields.add(padded(field, kind.keepsLeft())));
        }
        if (kind == JoinKind.MARK) {
            fields.add(new Field("$mark", AtomicType.BOOLEAN.withNullable(false)));
        }
        return Build.unique(fields);
    }

    private static Field padded(Field field, boolean nulls) {
        return nulls ? new Field(field.name(), field.type().withNullable(true)) : field;
    }

    /** Both inputs, each row in the task that owns the key group of its keys, where the join keeps its state. */
    record Partitioned(Stage left, Stage right, List<Integer> leftKeys, List<Integer> rightKeys) {}

    private Partitioned partitioned(Stage left, Stage right, List<Integer> leftColumns, List<Integer> rightColumns) {
        return partitioned(exchanges, left, right, leftColumns, rightColumns);
    }

    static Partitioned partitioned(
            Exchanges exchanges, Stage left, Stage right, List<Integer> leftColumns, List<Integer> rightColumns) {
        if (leftColumns.isEmpty()
                || (left.distribution().single() && right.distribution().single())) {
            return new Partitioned(
                    exchanges.exchange(left, List.of()), exchanges.exchange(right, List.of()), List.of(), List.of());
        }
        return new Partitioned(
                exchanges.exchange(left, leftColumns),
                exchanges.exchange(right, rightColumns),
                leftColumns,
                rightColumns);
    }

    private static Stage stage(
            PlanNode node, Partitioned placed, JoinKind kind, JoinInputs inputs, List<CarriedWindow> windows) {
        Set<Table> sources = new HashSet<>(inputs.left().sources());
        sources.addAll(inputs.right().sources());
        return new Stage(node, distribution(placed, kind, inputs.left().schema().size()), windows, sources);
    }

    private static Distribution distribution(Partitioned placed, JoinKind kind, int leftSize) {
        if (placed.leftKeys().isEmpty()) {
            return Distribution.SINGLE;
        }
        List<Integer> rightKeys =
                placed.rightKeys().stream().map(column -> column + leftSize).toList();
        return switch (kind) {
            case FULL -> Distribution.ANY;
            case INNER -> Distribution.hash(placed.leftKeys(), rightKeys);
            case RIGHT -> Distribution.hash(rightKeys);
            case LEFT, SEMI, ANTI, MARK -> Distribution.hash(placed.leftKeys());
        };
    }

    /** Takes away the columns that keys added, and gives the columns their names. */
    private Stage outputs(Join join, JoinKind kind, Stage left, Stage right, JoinInputs inputs, Stage joined) {
        List<Integer> columns = new ArrayList<>(Aggregates.range(left.schema().size()));
        if (kind.isPairing()) {
            int shift = inputs.left().schema().size();
            Aggregates.range(right.schema().size()).forEach(column -> columns.add(column + shift));
        }
        return calcs.apply(
                joined,
                List.of(),
                build.refs(joined.schema(), columns),
                join.getRowType().getFieldNames());
    }
}
