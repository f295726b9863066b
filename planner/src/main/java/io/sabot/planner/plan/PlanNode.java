package io.sabot.planner.plan;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** One step of a plan. */
public sealed interface PlanNode
        permits PlanNode.SourceScan,
                PlanNode.Values,
                PlanNode.Calc,
                PlanNode.Remember,
                PlanNode.Union,
                PlanNode.Exchange,
                PlanNode.WindowAssign,
                PlanNode.ChangelogCollect,
                PlanNode.ChangelogNormalize,
                PlanNode.UpsertMaterialize,
                PlanNode.TableSink,
                PlanNode.ClientSink,
                AggregateNode,
                JoinNode,
                OrderNode,
                MatchNode,
                ExpandNode,
                LateRows,
                OverNode {
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
     * @param ofRows what each row tells; empty for a materialized view, whose log has the watermark of the view's query
     * @param idleTimeoutMillis after this long without rows at its end a split no longer holds the watermark; 0 never
     * @param stepped whether each watermark goes on in front of the row behind it, not only behind the batch
     */
    record EventTime(Optional<RowTime> ofRows, long idleTimeoutMillis, boolean stepped) {}

    /**
     * The time of a row.
     *
     * @param timestamp the event-time column as an expression over the scan's columns; a NULL fails the job
     * @param watermark the watermark that a row proposes, likewise; NULL proposes nothing
     */
    record RowTime(RexNode timestamp, RexNode watermark) {}

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

    /**
     * Computes columns of rows that may be taken back, and keeps those that could not be computed again, so that a row goes as
     * it came.
     *
     * @param projections over the columns of the input
     * @param remembered which of them are kept
     */
    record Remember(NodeInfo info, PlanNode input, List<RexNode> projections, List<Integer> remembered)
            implements PlanNode {
        public Remember {
            projections = List.copyOf(projections);
            remembered = List.copyOf(remembered);
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

    /** Adds up a changelog with before-images and gives the rows that are left, once, at the end of the input. */
    record ChangelogCollect(NodeInfo info, PlanNode input) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Makes of the rows with one key of a sink one row.
     *
     * @param keys columns of the sink's key
     */
    record UpsertMaterialize(NodeInfo info, PlanNode input, List<Integer> keys, Conflict conflict) implements PlanNode {
        public UpsertMaterialize {
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
     * @param beside whether the rows are none of those that the statement writes, but kept beside them
     */
    record TableSink(
            NodeInfo info, PlanNode input, Table table, List<Integer> upsertKey, boolean overwrite, boolean beside)
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
