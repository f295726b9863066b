package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.SetKind;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexNode;

/** UNION, INTERSECT and EXCEPT: inputs whose columns are cast to the types of the result. */
final class Sets {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;
    private final Aggregates aggregates;

    Sets(Build build, Calcs calcs, Exchanges exchanges, Aggregates aggregates) {
        this.build = build;
        this.calcs = calcs;
        this.exchanges = exchanges;
        this.aggregates = aggregates;
    }

    Stage union(Union union, List<Stage> written) {
        List<Stage> inputs = cast(union, written);
        StreamProperties stream = new StreamProperties(
                areAppendOnly(inputs) ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT,
                List.of(),
                commonTimes(inputs),
                areBounded(inputs),
                inputs.stream().anyMatch(input -> input.stream().emitAtEnd()));
        PlanNode node = new PlanNode.Union(
                build.info("union", build.schema(union), stream),
                inputs.stream().map(Stage::node).toList());
        boolean single = inputs.stream().allMatch(input -> input.distribution().single());
        Stage all = new Stage(
                node, single ? Distribution.SINGLE : Distribution.ANY, commonWindows(inputs), sources(inputs));
        return union.all ? all : aggregates.distinct(all);
    }

    /** INTERSECT and EXCEPT, of the first input with each of the others in turn. */
    Stage difference(SetOp operation, List<Stage> written) {
        SetKind kind = operation instanceof Intersect
                ? operation.all ? SetKind.INTERSECT_ALL : SetKind.INTERSECT
                : operation.all ? SetKind.EXCEPT_ALL : SetKind.EXCEPT;
        Schema schema = build.schema(operation);
        List<Stage> inputs = cast(operation, written);
        Stage result = inputs.get(0);
        for (Stage other : inputs.subList(1, inputs.size())) {
            result = difference(kind, schema, result, other);
        }
        return result;
    }

    private Stage difference(SetKind kind, Schema schema, Stage left, Stage right) {
        List<Integer> columns = Aggregates.range(schema.size());
        Stage keyedLeft = exchanges.byKeys(left, columns);
        Stage keyedRight = exchanges.byKeys(right, columns);
        if (left.distribution().single() != right.distribution().single()) {
            keyedLeft = exchanges.exchange(left, columns);
            keyedRight = exchanges.exchange(right, columns);
        }
        List<Stage> inputs = List.of(keyedLeft, keyedRight);
        boolean grows = kind == SetKind.INTERSECT || kind == SetKind.INTERSECT_ALL;
        boolean updates = !grows || !areAppendOnly(inputs);
        boolean waits = updates && build.options.atEnd();
        StreamProperties stream = new StreamProperties(
                updates && !waits ? ChangelogMode.RETRACT : ChangelogMode.APPEND_ONLY,
                upsertKeys(kind, left, columns),
                List.of(),
                areBounded(inputs),
                waits);
        PlanNode node = new JoinNode.SetOperation(
                build.keeping("set-operation", schema, stream, keyedLeft, keyedRight),
                keyedLeft.node(),
                keyedRight.node(),
                kind);
        return new Stage(node, keyedLeft.distribution(), List.of(), sources(inputs));
    }

    /** The result is a part of the left input. */
    private static List<List<Integer>> upsertKeys(SetKind kind, Stage left, List<Integer> columns) {
        Set<List<Integer>> keys = new LinkedHashSet<>(left.stream().upsertKeys());
        if (kind == SetKind.INTERSECT || kind == SetKind.EXCEPT) {
            keys.add(columns);
        }
        return List.copyOf(keys);
    }

    private List<Stage> cast(SetOp operation, List<Stage> inputs) {
        return inputs.stream()
                .map(input -> calcs.apply(
                        input,
                        List.of(),
                        casts(input.schema(), operation),
                        operation.getRowType().getFieldNames()))
                .toList();
    }

    private List<RexNode> casts(Schema from, RelNode to) {
        List<RexNode> refs = build.refs(from, Aggregates.range(from.size()));
        List<RexNode> casts = new ArrayList<>();
        for (int i = 0; i < refs.size(); i++) {
            casts.add(build.rex.ensureType(to.getRowType().getFieldList().get(i).getType(), refs.get(i), false));
        }
        return casts;
    }

    /** Columns that carry time in every input, with the lowest offset. */
    private static List<TimeColumn> commonTimes(List<Stage> inputs) {
        List<TimeColumn> times = inputs.get(0).stream().times();
        for (Stage input : inputs) {
            times = times.stream()
                    .flatMap(time -> input.time(time.column()).stream()
                            .filter(other -> other.domain() == time.domain())
                            .map(other -> new TimeColumn(
                                    time.column(), time.domain(), Math.min(time.offsetMillis(), other.offsetMillis()))))
                    .toList();
        }
        return times;
    }

    /** Windows that all inputs carry in the same columns. */
    private static List<CarriedWindow> commonWindows(List<Stage> inputs) {
        return inputs.get(0).windows().stream()
                .filter(window -> inputs.stream()
                        .allMatch(input -> input.windows().stream().anyMatch(window::isLike)))
                .toList();
    }

    private static boolean areAppendOnly(List<Stage> inputs) {
        return inputs.stream().allMatch(Stage::isAppendOnly);
    }

    private static boolean areBounded(List<Stage> inputs) {
        return inputs.stream().allMatch(input -> input.stream().bounded());
    }

    private static Set<Table> sources(List<Stage> inputs) {
        Set<Table> sources = new HashSet<>();
        inputs.forEach(input -> sources.addAll(input.sources()));
        return sources;
    }
}
