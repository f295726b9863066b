package io.sabot.planner.physical;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.logical.WindowAssignRel;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.WindowColumn;
import io.sabot.planner.plan.WindowSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Recognises aggregation by windows: both {@code window_start} and {@code window_end} are among the group keys, wherever
 * they come from. With only one of them it is an ordinary aggregation.
 */
final class WindowGrouping {
    private static final List<WindowColumn> COLUMNS = List.of(WindowColumn.START, WindowColumn.END, WindowColumn.TIME);

    private final Build build;
    private final Calcs calcs;
    private final Windows windows;
    private final Aggregates aggregates;
    private final Function<RelNode, Stage> translate;

    WindowGrouping(
            Build build, Calcs calcs, Windows windows, Aggregates aggregates, Function<RelNode, Stage> translate) {
        this.build = build;
        this.calcs = calcs;
        this.windows = windows;
        this.aggregates = aggregates;
        this.translate = translate;
    }

    /** Empty when the aggregation is not one by windows. */
    Optional<Stage> translate(Aggregate aggregate) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return Optional.empty();
        }
        Chain chain = Chain.peel(aggregate.getInput());
        if (chain.base() instanceof WindowAssignRel assign && canAssignInside(aggregate, chain, assign)) {
            return Optional.of(assigned(aggregate, chain, assign));
        }
        return attached(aggregate);
    }

    /** Whether windows are assigned by the aggregation itself: nothing but its keys looks at them. */
    private static boolean canAssignInside(Aggregate aggregate, Chain chain, WindowAssignRel assign) {
        int first = assign.firstWindowColumn();
        boolean start = false;
        boolean end = false;
        for (int key : aggregate.getGroupSet()) {
            int column = windowColumn(chain.projections().get(key), first);
            start |= column == 0;
            end |= column == 1;
            if (column < 0 && looksAtWindow(chain.projections().get(key), first)) {
                return false;
            }
        }
        boolean others = aggregate.getAggCallList().stream()
                        .flatMap(call -> argumentsOf(call).stream())
                        .anyMatch(argument -> looksAtWindow(chain.projections().get(argument), first))
                || chain.conjuncts().stream().anyMatch(conjunct -> looksAtWindow(conjunct, first));
        boolean filteredSession = assign.window() instanceof WindowSpec.Session session
                && (!chain.conjuncts().isEmpty() || !keysMatch(aggregate, chain, session, first));
        return start && end && !others && !filteredSession;
    }

    /** Whether a session's partition is what the rest of the group keys is. */
    private static boolean keysMatch(Aggregate aggregate, Chain chain, WindowSpec.Session session, int first) {
        List<Integer> keys = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            RexNode node = chain.projections().get(key);
            if (windowColumn(node, first) < 0) {
                keys.add(node instanceof RexInputRef ref ? ref.getIndex() : -1);
            }
        }
        return keys.containsAll(session.partitionKeys())
                && session.partitionKeys().containsAll(keys);
    }

    private Stage assigned(Aggregate aggregate, Chain chain, WindowAssignRel assign) {
        int first = assign.firstWindowColumn();
        Stage base = translate.apply(assign.getInput());
        List<String> inputNames = assign.getInput().getRowType().getFieldNames();
        List<RexNode> projections = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<Integer> windowColumns = new ArrayList<>();
        for (int i = 0; i < chain.projections().size(); i++) {
            RexNode projection = chain.projections().get(i);
            int column = windowColumn(projection, first);
            windowColumns.add(column);
            positions.add(column >= 0 ? -1 : projections.size());
            if (column < 0) {
                projections.add(projection);
                names.add(aggregate.getInput().getRowType().getFieldNames().get(i));
            }
        }
        List<Integer> needed = new ArrayList<>(List.of(assign.window().time().column()));
        if (assign.window() instanceof WindowSpec.Session session) {
            needed.addAll(session.partitionKeys());
        }
        for (int column : needed) {
            if (indexOf(projections, column) < 0) {
                projections.add(RexInputRef.of(column, assign.getInput().getRowType()));
                names.add(inputNames.get(column));
            }
        }
        Stage input = calcs.apply(base, chain.conjuncts(), projections, names);
        WindowSpec window = windows.bound(over(assign.window(), projections), input);
        return grouped(aggregate, input, window, new CarriedWindow(window, -1, -1, -1), windowColumns, positions);
    }

    private Optional<Stage> attached(Aggregate aggregate) {
        Stage input = translate.apply(aggregate.getInput());
        for (CarriedWindow carried : input.windows()) {
            boolean keyed = aggregate.getGroupSet().get(carried.end())
                    && carried.start() >= 0
                    && aggregate.getGroupSet().get(carried.start());
            if (keyed && input.time(carried.end()).isPresent()) {
                WindowSpec window = windows.bound(
                        new WindowSpec.Attached(
                                new WindowSpec.Time(carried.end(), TimeDomain.EVENT, ZoneOffset.UTC, 0),
                                carried.kind()),
                        input);
                List<Integer> all = Aggregates.range(input.schema().size());
                List<Integer> windowColumns = all.stream()
                        .map(column -> column == carried.end() ? 1 : column == carried.time() ? 2 : -1)
                        .toList();
                return Optional.of(grouped(aggregate, input, window, carried, windowColumns, all));
            }
        }
        return Optional.empty();
    }

    /**
     * Makes the node.
     *
     * @param windowColumns by column of the aggregate's input: 0 window start, 1 end, 2 time, else -1
     * @param positions by column of the aggregate's input: where it stands in {@code input}
     */
    private Stage grouped(
            Aggregate aggregate,
            Stage input,
            WindowSpec window,
            CarriedWindow carried,
            List<Integer> windowColumns,
            List<Integer> positions) {
        List<String> outputNames = aggregate.getRowType().getFieldNames();
        int keyCount = aggregate.getGroupCount();
        List<Integer> keys = new ArrayList<>();
        List<WindowColumn> asked = new ArrayList<>();
        List<String> keyNames = new ArrayList<>();
        List<String> windowNames = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        int callCount = aggregate.getAggCallList().size();
        long ordinary = aggregate.getGroupSet().asList().stream()
                .filter(key -> windowColumns.get(key) < 0)
                .count();
        int start = -1;
        for (int key : aggregate.getGroupSet()) {
            int column = windowColumns.get(key);
            String name = outputNames.get(order.size());
            if (column >= 0) {
                order.add((int) ordinary + callCount + asked.size());
                asked.add(COLUMNS.get(column));
                windowNames.add(name);
            } else {
                start = key == carried.start() ? keys.size() : start;
                order.add(keys.size());
                keys.add(positions.get(key));
                keyNames.add(name);
            }
        }
        List<AggregateCall> calls = aggregates.calls(aggregate, input.schema(), positions);
        List<String> names = new ArrayList<>(keyNames);
        names.addAll(outputNames.subList(keyCount, outputNames.size()));
        names.addAll(windowNames);
        CarriedWindow out = new CarriedWindow(carried.kind(), start, -1, -1);
        Stage result = windows.aggregate(input, window, out, keys, calls, asked, names);
        Aggregates.range(callCount).forEach(call -> order.add(keys.size() + call));
        return calcs.apply(result, List.of(), build.refs(result.schema(), order), outputNames);
    }

    /** The same windows where the input's columns are these projections. */
    private static WindowSpec over(WindowSpec window, List<RexNode> projections) {
        WindowSpec.Time time = window.time();
        WindowSpec.Time moved = new WindowSpec.Time(
                indexOf(projections, time.column()), time.domain(), time.zone(), time.offsetMillis());
        return window instanceof WindowSpec.Session session
                ? new WindowSpec.Session(
                        moved,
                        session.gap(),
                        session.partitionKeys().stream()
                                .map(key -> indexOf(projections, key))
                                .toList())
                : window.withTime(moved);
    }

    private static int indexOf(List<RexNode> projections, int column) {
        for (int i = 0; i < projections.size(); i++) {
            if (projections.get(i) instanceof RexInputRef ref && ref.getIndex() == column) {
                return i;
            }
        }
        return -1;
    }

    /** 0, 1 or 2 for a bare window column, else -1. */
    static int windowColumn(RexNode node, int first) {
        return node instanceof RexInputRef ref && ref.getIndex() >= first ? ref.getIndex() - first : -1;
    }

    static boolean looksAtWindow(RexNode node, int first) {
        return RelOptUtil.InputFinder.bits(node).length() > first;
    }

    static List<Integer> argumentsOf(org.apache.calcite.rel.core.AggregateCall call) {
        List<Integer> arguments = new ArrayList<>(call.getArgList());
        if (call.filterArg >= 0) {
            arguments.add(call.filterArg);
        }
        return arguments;
    }
}
