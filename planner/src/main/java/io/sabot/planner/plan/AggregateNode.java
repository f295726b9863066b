package io.sabot.planner.plan;

import java.util.List;

/** Computes aggregates of groups of rows. */
public sealed interface AggregateNode extends PlanNode {
    /**
     * Aggregates rows by keys and window; output: keys, then aggregates, then the window columns asked for. Phase {@link
     * AggregatePhase#LOCAL} puts out keys, accumulator columns (see {@link AggregateCall#accumulators}), a signed count of
     * rows and the end of the slice, in its place; {@link AggregatePhase#GLOBAL} reads that.
     */
    record Window(
            NodeInfo info,
            PlanNode input,
            WindowSpec window,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<WindowColumn> windowColumns,
            AggregatePhase phase,
            WindowEmission emission)
            implements AggregateNode {
        public Window {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
            windowColumns = List.copyOf(windowColumns);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Aggregates rows by keys as a changelog; output: keys, then aggregates. Phases as in {@link Window}.
     *
     * @param rowWhenEmpty whether there is a row for no rows; only without keys
     */
    record Group(
            NodeInfo info,
            PlanNode input,
            List<Integer> keys,
            List<AggregateCall> calls,
            AggregatePhase phase,
            boolean rowWhenEmpty)
            implements AggregateNode {
        public Group {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Aggregates so many rows of a key at a time, in order of arrival; output: keys, then aggregates, then the numbers of the
     * first row and of the row behind the last one. What is left at the end of the input leaves then.
     */
    record RowWindow(NodeInfo info, PlanNode input, long size, List<Integer> keys, List<AggregateCall> calls)
            implements AggregateNode {
        public RowWindow {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /** Appends to each row the bounds of its window as in {@link RowWindow}; rows leave with their window. */
    record RowWindowAssign(NodeInfo info, PlanNode input, long size, List<Integer> keys) implements AggregateNode {
        public RowWindowAssign {
            keys = List.copyOf(keys);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }
}
