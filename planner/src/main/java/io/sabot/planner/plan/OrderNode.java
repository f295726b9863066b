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

    /**
     * Puts append-only rows out by ascending event time, each when the watermark has passed it; rows behind the watermark
     * are dropped.
     *
     * @param collations the time column, ascending, then columns that order rows of equal time
     */
    record TimeSort(NodeInfo info, PlanNode input, List<Collation> collations) implements OrderNode {
        public TimeSort {
            collations = List.copyOf(collations);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Keeps the rows of each partition whose rank is in a range; output: the columns of the input, then the rank as BIGINT
     * if asked for. Rows that are equal in order stay as they came, or in an order of their content if the input takes rows
     * back.
     *
     * @param from lowest rank kept, from 1 on
     * @param to highest rank kept; {@link Long#MAX_VALUE} means all
     */
    record Rank(
            NodeInfo info,
            PlanNode input,
            RankFunction function,
            List<Integer> partition,
            List<Collation> collations,
            long from,
            long to,
            boolean withRank)
            implements OrderNode {
        public Rank {
            partition = List.copyOf(partition);
            collations = List.copyOf(collations);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * As {@link Rank} within windows that append-only rows carry: the rows kept leave when the window closes.
     *
     * @param windowEnd column of the window's end, one of the partition
     * @param latest whether of rows equal in order the one that came last wins; only where one row is kept
     */
    record WindowRank(
            NodeInfo info,
            PlanNode input,
            RankFunction function,
            List<Integer> partition,
            List<Collation> collations,
            long from,
            long to,
            boolean withRank,
            int windowEnd,
            boolean latest)
            implements OrderNode {
        public WindowRank {
            partition = List.copyOf(partition);
            collations = List.copyOf(collations);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Keeps one row of each partition of append-only input: the first in order.
     *
     * @param collations the order; empty means that of arrival
     * @param latest whether of rows equal in order the one that came last wins
     */
    record Deduplicate(
            NodeInfo info, PlanNode input, List<Integer> partition, List<Collation> collations, boolean latest)
            implements OrderNode {
        public Deduplicate {
            partition = List.copyOf(partition);
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
