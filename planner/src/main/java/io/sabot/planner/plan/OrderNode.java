package io.sabot.planner.plan;

import java.util.List;

/** Puts rows in an order, or keeps rows by their place in one. */
public sealed interface OrderNode extends PlanNode {
    /**
     * Sorts bounded input and keeps a range of it; without collations keeps the first rows that come.
     *
     * @param fetch most rows to put out; -1 means all
     */
    record Sort(NodeInfo info, PlanNode input, List<Collation> collations, long offset, long fetch)
            implements OrderNode {
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
}
