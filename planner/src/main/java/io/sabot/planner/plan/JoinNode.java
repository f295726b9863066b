package io.sabot.planner.plan;

import io.sabot.catalog.stream.TimeDomain;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/** Brings the rows of two inputs together; expressions are over the left columns followed by the right ones. */
public sealed interface JoinNode extends PlanNode {
    /** Joins two inputs whose rows may come and go at any time; output: left columns, then right ones (not for semi and anti). */
    record Regular(
            NodeInfo info, PlanNode left, PlanNode right, JoinKind kind, JoinKeys keys, Optional<RexNode> condition)
            implements JoinNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Joins append-only inputs where {@code left.time - right.time} lies between two bounds, both inclusive.
     *
     * @param domain of both times
     * @param leftTime time column of the left input
     * @param rightTime time column of the right input
     * @param condition further condition over left and right columns
     */
    record Interval(
            NodeInfo info,
            PlanNode left,
            PlanNode right,
            JoinKind kind,
            JoinKeys keys,
            TimeDomain domain,
            int leftTime,
            int rightTime,
            long lowerMillis,
            long upperMillis,
            Optional<RexNode> condition)
            implements JoinNode {
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
    record Window(
            NodeInfo info,
            PlanNode left,
            PlanNode right,
            JoinKind kind,
            JoinKeys keys,
            int leftEnd,
            int rightEnd,
            Optional<RexNode> condition)
            implements JoinNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Joins each left row with what the right side held for its keys at the time of the row.
     *
     * @param leftTime column of the left input, which only grows
     * @param rightTime column of the right input from which on a row is valid
     * @param condition what must hold of the row that was found
     */
    record Temporal(
            NodeInfo info,
            PlanNode left,
            PlanNode right,
            JoinKind kind,
            JoinKeys keys,
            int leftTime,
            int rightTime,
            VersionMatch match,
            Optional<RexNode> condition)
            implements JoinNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /**
     * Joins each left row with what a table holds when the row comes. Every task reads the table by itself.
     *
     * @param table a {@link PlanNode.SourceScan} that ends, or a {@link PlanNode.Calc} over one; no input
     * @param reading when the table is read
     * @param remembers whether left rows may be taken back, so that what they were joined with is kept
     */
    record Lookup(
            NodeInfo info,
            PlanNode left,
            PlanNode table,
            JoinKind kind,
            JoinKeys keys,
            Optional<RexNode> condition,
            LookupReading reading,
            boolean remembers)
            implements JoinNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left);
        }
    }

    /** Rows that are in both inputs, or in the left one only, by the whole row; NULL equals NULL. */
    record SetOperation(NodeInfo info, PlanNode left, PlanNode right, SetKind kind) implements JoinNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }
}
