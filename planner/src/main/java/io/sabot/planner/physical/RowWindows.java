package io.sabot.planner.physical;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.logical.RowWindowRel;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Windows of so many rows. */
final class RowWindows {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;
    private final Aggregates aggregates;

    RowWindows(Build build, Calcs calcs, Exchanges exchanges, Aggregates aggregates) {
        this.build = build;
        this.calcs = calcs;
        this.exchanges = exchanges;
        this.aggregates = aggregates;
    }

    /** Appends the bounds of its window to each row; rows leave when their window is full. */
    Stage assign(RowWindowRel window, Stage input) {
        Stage keyed = keyed(window, input);
        List<Field> fields = new ArrayList<>(input.schema().fields());
        List<String> names = window.getRowType().getFieldNames();
        for (int i = 0; i < 2; i++) {
            fields.add(new Field(names.get(fields.size()), AtomicType.BIGINT.withNullable(false)));
        }
        PlanNode node = new AggregateNode.RowWindowAssign(
                build.info(
                        "row-window-assign",
                        new Schema(fields),
                        Build.plain(input.stream().bounded())),
                keyed.node(),
                window.size(),
                window.keys());
        return new Stage(node, keyed.distribution(), List.of(), input.sources());
    }

    private Stage keyed(RowWindowRel window, Stage input) {
        return exchanges.byKeys(counted(input), window.keys());
    }

    /** The input of a window whose rows are counted. */
    Stage counted(Stage input) {
        if (!input.isAppendOnly()) {
            throw build.notSupported(
                            "TUMBLE_ROWS over rows that change is not supported",
                            build.places().ofFunction("TUMBLE_ROWS"))
                    .why("a row that is taken back leaves a window that has been shown")
                    .hint("count rows of an append-only table, or use a window of time");
        }
        return input;
    }

    /** Empty unless the keys of an aggregation over such windows are those of the window and its bounds. */
    Optional<Stage> aggregate(Aggregate aggregate, Function<RowWindowRel, Stage> translate) {
        Chain chain = Chain.peel(aggregate.getInput());
        if (!(chain.base() instanceof RowWindowRel window) || !chain.conjuncts().isEmpty()) {
            return Optional.empty();
        }
        int first = window.getInput().getRowType().getFieldCount();
        Set<Integer> keys = new TreeSet<>();
        for (int key : aggregate.getGroupSet()) {
            keys.add(chain.projections().get(key) instanceof RexInputRef ref ? ref.getIndex() : -1);
        }
        Set<Integer> wanted = new TreeSet<>(window.keys());
        wanted.add(first);
        wanted.add(first + 1);
        boolean looksAtBounds = aggregate.getAggCallList().stream()
                .flatMap(call -> WindowGrouping.argumentsOf(call).stream())
                .anyMatch(argument ->
                        WindowGrouping.looksAtWindow(chain.projections().get(argument), first));
        return keys.equals(wanted) && !looksAtBounds
                ? Optional.of(grouped(aggregate, window, chain, first, translate.apply(window)))
                : Optional.empty();
    }

    private Stage grouped(Aggregate aggregate, RowWindowRel window, Chain chain, int first, Stage base) {
        List<RexNode> projections = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<String> inputNames = aggregate.getInput().getRowType().getFieldNames();
        for (int i = 0; i < chain.projections().size(); i++) {
            boolean bound = WindowGrouping.windowColumn(chain.projections().get(i), first) >= 0;
            positions.add(bound ? -1 : projections.size());
            if (!bound) {
                projections.add(chain.projections().get(i));
                names.add(inputNames.get(i));
            }
        }
        Stage input = calcs.apply(base, List.of(), projections, names);
        List<Integer> keys = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        int callCount = aggregate.getAggCallList().size();
        int keyCount = aggregate.getGroupCount() - 2;
        List<Field> fields = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            int bound = WindowGrouping.windowColumn(chain.projections().get(key), first);
            order.add(bound < 0 ? keys.size() : keyCount + callCount + bound);
            if (bound < 0) {
                keys.add(positions.get(key));
                fields.add(input.schema().fields().get(positions.get(key)));
            }
        }
        List<AggregateCall> calls = aggregates.calls(aggregate, input.schema(), positions);
        calls.forEach(call -> fields.add(new Field(call.name(), call.type())));
        fields.add(new Field("$window_start", AtomicType.BIGINT.withNullable(false)));
        fields.add(new Field("$window_end", AtomicType.BIGINT.withNullable(false)));
        Stage keyed = exchanges.byKeys(input, keys);
        List<Integer> upsertKey = new ArrayList<>(Aggregates.range(keyCount));
        upsertKey.add(keyCount + callCount + 1);
        StreamProperties stream = new StreamProperties(
                ChangelogMode.APPEND_ONLY,
                List.of(upsertKey),
                List.of(),
                input.stream().bounded(),
                false);
        PlanNode node = new AggregateNode.RowWindow(
                build.info("row-window-aggregate", Build.unique(fields), stream),
                keyed.node(),
                window.size(),
                keys,
                calls);
        Stage result = new Stage(
                node,
                keys.isEmpty() ? Distribution.SINGLE : Aggregates.distribution(keyed.distribution(), keys),
                List.of(),
                input.sources());
        Aggregates.range(callCount).forEach(call -> order.add(keyCount + call));
        return calcs.apply(
                result,
                List.of(),
                build.refs(result.schema(), order),
                aggregate.getRowType().getFieldNames());
    }
}
