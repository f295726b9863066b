package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Sub-trees with state that occur in several places of a plan, and the columns that are read of them in all of these places:
 * with as many columns everywhere they stay equal, so that the physical pass makes one node of them.
 */
final class SharedTrees {
    private final Map<RelDigest, List<ImmutableBitSet>> reads = new HashMap<>();
    private boolean known;

    /** Looks for sub-trees that occur more than once. */
    SharedTrees(List<RelNode> queries) {
        Map<RelDigest, Integer> counts = new HashMap<>();
        queries.forEach(query -> count(query, counts));
        counts.forEach((tree, count) -> {
            if (count > 1) {
                reads.put(tree, new ArrayList<>());
            }
        });
    }

    private static void count(RelNode rel, Map<RelDigest, Integer> counts) {
        if (hasState(rel)) {
            counts.merge(rel.getRelDigest(), 1, Integer::sum);
        }
        rel.getInputs().forEach(input -> count(input, counts));
    }

    private static boolean hasState(RelNode rel) {
        return rel instanceof Aggregate
                || rel instanceof Join
                || rel instanceof AsOfJoinRel
                || rel instanceof Match
                || rel instanceof Sort
                || rel instanceof Intersect
                || rel instanceof Minus
                || (rel instanceof Union union && !union.all);
    }

    boolean isEmpty() {
        return reads.isEmpty();
    }

    /** All places have been seen: from now on {@link #read} tells what is read in any of them. */
    void close() {
        known = true;
    }

    /**
     * The columns to keep of a sub-tree.
     *
     * @param used those that are read in this place
     */
    ImmutableBitSet read(RelNode tree, ImmutableBitSet used) {
        List<ImmutableBitSet> all = hasState(tree) ? reads.get(tree.getRelDigest()) : null;
        if (all == null) {
            return used;
        }
        if (!known) {
            all.add(used);
            return used;
        }
        return isAlike(tree, all) ? ImmutableBitSet.union(all).union(used) : used;
    }

    /** A grouping of which only keys are read takes nothing back, which other readers of it may not say. */
    private static boolean isAlike(RelNode tree, List<ImmutableBitSet> reads) {
        if (!(tree instanceof Aggregate aggregate) || aggregate.getAggCallList().isEmpty()) {
            return true;
        }
        long keysOnly = reads.stream()
                .filter(read -> read.length() <= aggregate.getGroupCount())
                .count();
        return keysOnly == 0 || keysOnly == reads.size();
    }
}
