package io.sabot.planner.logical;

import io.sabot.planner.size.RelSizes;
import io.sabot.planner.size.Shares;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Guesses how many rows inner joins give when inputs are joined one by one in an order. The last join is left out: it gives the
 * same rows in each.
 */
final class JoinCosts {
    /** An order is taken that makes so many times fewer rows than another one, … */
    private static final double FACTOR = 2;
    /** … and so many fewer. */
    private static final double ROWS = 10_000;
    /** Orders of more inputs are not looked for. */
    private static final int INPUTS = 10;

    private final JoinTree tree;
    private final RelSizes sizes;

    JoinCosts(JoinTree tree, RelSizes sizes) {
        this.tree = tree;
        this.sizes = sizes;
    }

    /** Another order that promises much, or the one given. */
    List<Integer> better(List<Integer> order) {
        if (order.size() > INPUTS || tree.inputs().stream().anyMatch(input -> Double.isNaN(sizes.rows(input)))) {
            return order;
        }
        double cost = cost(order);
        double least = Math.min(cost / FACTOR, cost - ROWS);
        List<Integer> best = order;
        for (int first : tree.written()) {
            List<Integer> other = from(first);
            double rows = cost(other);
            if (rows <= least && tree.crossProducts(other) <= tree.crossProducts(order)) {
                best = other;
                least = rows;
            }
        }
        return best;
    }

    /** Always the tied input next with which there are the fewest rows. */
    private List<Integer> from(int first) {
        List<Integer> left = new ArrayList<>(tree.written());
        List<Integer> order = new ArrayList<>(List.of(first));
        left.remove((Integer) first);
        double rows = rows(first);
        while (!left.isEmpty()) {
            ImmutableBitSet before = ImmutableBitSet.of(order);
            boolean anyTied = left.stream().anyMatch(input -> tree.isTied(before, input));
            double least = Double.POSITIVE_INFINITY;
            Integer next = left.get(0);
            for (Integer input : left) {
                double joined = joined(rows, before, input);
                if ((!anyTied || tree.isTied(before, input)) && joined < least) {
                    least = joined;
                    next = input;
                }
            }
            order.add(next);
            left.remove(next);
            rows = least;
        }
        return order;
    }

    /** Rows of all inputs before the last join, and of all joins before it. */
    private double cost(List<Integer> order) {
        double rows = rows(order.get(0));
        double cost = 0;
        ImmutableBitSet before = ImmutableBitSet.of(order.get(0));
        for (int input : order.subList(1, order.size() - 1)) {
            rows = joined(rows, before, input);
            cost += rows;
            before = before.set(input);
        }
        return cost;
    }

    private double rows(int input) {
        return sizes.rows(tree.inputs().get(input));
    }

    private double joined(double rows, ImmutableBitSet before, int next) {
        ImmutableBitSet nextColumns = ImmutableBitSet.of();
        double different = 0;
        double share = 1;
        boolean tied = false;
        ImmutableBitSet after = before.set(next);
        for (JoinTree.Term term : tree.terms()) {
            if (term.ties(before, next)) {
                tied = true;
                nextColumns = nextColumns.union(columns(term, next));
            } else if (after.contains(term.inputs()) && term.inputs().get(next)) {
                share *= Shares.of(term.condition(), column -> 0);
            }
        }
        if (tied) {
            different = different(before, next, nextColumns);
        }
        return Math.max(1, Shares.pairs(rows, rows(next), different) * share);
    }

    private double different(ImmutableBitSet before, int next, ImmutableBitSet nextColumns) {
        List<Double> keys = new ArrayList<>();
        double other = different(next, nextColumns, keys);
        for (int input : before) {
            ImmutableBitSet columns = ImmutableBitSet.of();
            for (JoinTree.Term term : tree.terms()) {
                if (term.ties(before, next) && term.inputs().get(input)) {
                    columns = columns.union(columns(term, input));
                }
            }
            other = columns.isEmpty() ? other : Math.max(other, different(input, columns, keys));
        }
        return keys.stream().mapToDouble(Double::doubleValue).max().orElse(other);
    }

    /** How many different values columns have; noted when they are a key, which all values of the other side are in. */
    private double different(int input, ImmutableBitSet columns, List<Double> keys) {
        RelNode rel = tree.inputs().get(input);
        double different = sizes.different(rel, columns);
        if (sizes.isUnique(rel, columns)) {
            keys.add(different);
        }
        return different;
    }

    private ImmutableBitSet columns(JoinTree.Term term, int input) {
        RexCall equality = (RexCall) term.condition();
        return tree.column(equality.getOperands().get(0), input)
                .union(tree.column(equality.getOperands().get(1), input));
    }
}
