package io.sabot.planner.plan;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** One step of a plan. */
public sealed interface PlanNode {
    /** Name, columns and stream properties. */
    NodeInfo info();

    /** Nodes whose rows this one reads, in order. */
    List<PlanNode> inputs();

    /** Columns of the rows that leave this node. */
    default Schema schema() {
        return info().schema();
    }

    /**
     * Reads a table through its connector.
     *
     * @param columns what to decode, in the order of the output columns
     * @param eventTime how to find each row's time and watermark; empty when no operator of the plan asks for time
     * @param pushedFilter conjuncts over the output columns that every row must meet that has an effect later; advice:
     *     a {@link Calc} above tests them again. Rows that fail it still move the watermark
     * @param cutLate whether an operator of the plan drops late rows, so that batches are cut in front of them
     * @param ends whether the scan stops at the end that the source has when it starts, whatever its options say
     */
    record SourceScan(
            NodeInfo info,
            Table table,
            List<ScanColumn> columns,
            Optional<EventTime> eventTime,
            List<RexNode> pushedFilter,
            boolean cutLate,
            boolean ends)
            implements PlanNode {
        public SourceScan {
            columns = List.copyOf(columns);
            pushedFilter = List.copyOf(pushedFilter);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /**
     * How a scan finds the time of its rows.
     *
     * @param timestamp the event-time column as an expression over the scan's columns; a NULL fails the job
     * @param watermark the watermark that a row proposes, likewise; NULL proposes nothing
     * @param idleTimeoutMillis after this long without rows at its end a split no longer holds the watermark; 0 never
     */
    record EventTime(RexNode timestamp, RexNode watermark, long idleTimeoutMillis) {}

    /** Rows written in the SQL text. */
    record Values(NodeInfo info, List<List<RexLiteral>> rows) implements PlanNode {
        public Values {
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /** Keeps rows for which the condition is true and computes columns from them. */
    record Calc(NodeInfo info, PlanNode input, Optional<RexNode> condition, List<RexNode> projections)
            implements PlanNode {
        public Calc {
            projections = List.copyOf(projections);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /** All rows of all inputs, which have the same columns. */
    record Union(NodeInfo info, List<PlanNode> inputs) implements PlanNode {
        public Union {
            inputs = List.copyOf(inputs);
        }
    }

    /**
     * Sends rows to the tasks of the next node.
     *
     * @param keys columns whose hash chooses the task; empty means that one task gets all rows
     */
    record Exchange(NodeInfo info, PlanNode input, List<Integer> keys) implements PlanNode {
        public Exchange {
            keys = List.copyOf(keys);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /** Gives each row the windows it belongs to: appends {@code window_start}, {@code window_end}, {@code window_time}. */
    record WindowAssign(NodeInfo info, PlanNode input, WindowSpec window) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Aggregates rows by keys and window; output: keys, then aggregates, then the window columns asked for. Phase {@link
     * AggregatePhase#LOCAL} puts out keys, accumulator columns (see {@link AggregateCall#accumulators}), a signed count of
     * rows and the end of the slice, in its place; {@link AggregatePhase#GLOBAL} reads that.
     */
    record WindowAggregate(
            NodeInfo info,
            PlanNode input,
            WindowSpec window,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<WindowColumn> windowColumns,
            AggregatePhase phase)
            implements PlanNode {
        public WindowAggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
            windowColumns = List.copyOf(windowColumns);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /** Aggregates rows by keys as a changelog; output: keys, then aggregates. Phases as in {@link WindowAggregate}. */
    record GroupAggregate(
            NodeInfo info, PlanNode input, List<Integer> keys, List<AggregateCall> calls, AggregatePhase phase)
            implements PlanNode {
        public GroupAggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /** Joins two inputs whose rows may come and go at any time; output: left columns, then right ones (not for semi and anti). */
    record Join(NodeInfo info, PlanNode left, PlanNode right, JoinKind kind, JoinKeys keys, Optional<RexNode> condition)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Joins append-only inputs where {@code left.time - right.time} lies between two bounds, both inclusive.
     *
     * @param leftTime event-time column of the left input
     * @param rightTime event-time column of the right input
     * @param condition further condition over left and right columns
     */
    record IntervalJoin(
            NodeInfo info,
            PlanNode left,
            PlanNode right,
            JoinKind kind,
            JoinKeys keys,
            int leftTime,
            int rightTime,
            long lowerMillis,
            long upperMillis,
            Optional<RexNode> condition)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Joins append-only inputs that carry the same windows; the state of a window is dropped when it closes.
     *
     * @param leftEnd window end column of the left input; it and {@code rightEnd} are equal in joined rows
     */
    record WindowJoin(
            NodeInfo info,
            PlanNode left,
            PlanNode right,
            JoinKind kind,
            JoinKeys keys,
            int leftEnd,
            int rightEnd,
            Optional<RexNode> condition)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Sorts bounded input and keeps a range of it; without collations keeps the first rows that come.
     *
     * @param fetch most rows to put out; -1 means all
     */
    record Sort(NodeInfo info, PlanNode input, List<Collation> collations, long offset, long fetch)
            implements PlanNode {
        public Sort {
            collations = List.copyOf(collations);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /** Order by one column. */
    record Collation(int column, boolean descending, boolean nullsFirst) {}

    /** Turns an input of kind UPSERT into a changelog with before-images, by key. */
    record ChangelogNormalize(NodeInfo info, PlanNode input, List<Integer> keys) implements PlanNode {
        public ChangelogNormalize {
            keys = List.copyOf(keys);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Writes rows into a table; columns are those of {@link Table#sinkSchema()}.
     *
     * @param upsertKey columns that identify a row in the input, by which changes of an epoch are folded; may be empty
     */
    record TableSink(NodeInfo info, PlanNode input, Table table, List<Integer> upsertKey, boolean overwrite)
            implements PlanNode {
        public TableSink {
            upsertKey = List.copyOf(upsertKey);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Hands rows to the client that asked.
     *
     * @param changes whether the client sees every change with its kind, folded by epoch
     */
    record ClientSink(NodeInfo info, PlanNode input, List<Integer> upsertKey, boolean changes) implements PlanNode {
        public ClientSink {
            upsertKey = List.copyOf(upsertKey);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }
}
