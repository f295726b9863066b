package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Inner joins that follow each other, as one join of many inputs; conditions are over the columns of all, in order. */
final class JoinTree {
    private final List<RelNode> inputs = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();
    private boolean leftDeep = true;
    private int[] starts = {};

    /**
     * A condition.
     *
     * @param inputs that it reads
     * @param left that the left side of an equality reads; empty if it is none
     * @param right the same of the right side
     */
    record Term(RexNode condition, ImmutableBitSet inputs, ImmutableBitSet left, ImmutableBitSet right) {
        boolean ties(ImmutableBitSet before, int next) {
            ImmutableBitSet one = ImmutableBitSet.of(next);
            return !left.isEmpty()
                    && !right.isEmpty()
                    && (left.equals(one) && before.contains(right) || right.equals(one) && before.contains(left));
        }
    }

    /** The joins of a kind below a join, and itself. */
    JoinTree(Join root, Predicate<Join> kind) {
        List<RexNode> conditions = new ArrayList<>();
        gather(root, kind, 0, conditions);
        starts = new int[inputs.size() + 1];
        for (int i = 0; i < inputs.size(); i++) {
            starts[i + 1] = starts[i] + inputs.get(i).getRowType().getFieldCount();
        }
        conditions.forEach(condition -> terms.add(term(condition)));
    }

    private void gather(RelNode rel, Predicate<Join> kind, int offset, List<RexNode> conditions) {
        if (rel instanceof Join join && kind.test(join)) {
            leftDeep &= !(join.getRight() instanceof Join right && kind.test(right));
            gather(join.getLeft(), kind, offset, conditions);
            gather(join.getRight(), kind, offset + join.getLeft().getRowType().getFieldCount(), conditions);
            for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
                conditions.add(RexUtil.shift(conjunct, offset));
            }
        } else {
            inputs.add(rel);
        }
    }

    private Term term(RexNode condition) {
        boolean equality = condition.isA(Set.of(SqlKind.EQUALS, SqlKind.IS_NOT_DISTINCT_FROM));
        List<RexNode> sides = equality ? ((RexCall) condition).getOperands() : List.of();
        return new Term(
                condition,
                read(condition),
                equality ? read(sides.get(0)) : ImmutableBitSet.of(),
                equality ? read(sides.get(1)) : ImmutableBitSet.of());
    }

    private ImmutableBitSet read(RexNode node) {
        ImmutableBitSet.Builder read = ImmutableBitSet.builder();
        for (int column : RelOptUtil.InputFinder.bits(node)) {
            int input = 0;
            while (starts[input + 1] <= column) {
                input++;
            }
            read.set(input);
        }
        return read.build();
    }

    List<RelNode> inputs() {
        return inputs;
    }

    List<Term> terms() {
        return terms;
    }

    /** Whether each join but the first has one input more than the one before. */
    boolean isLeftDeep() {
        return leftDeep;
    }

    /** The columns of an input among those that an expression over all columns is; empty when it computes something. */
    ImmutableBitSet column(RexNode node, int input) {
        return node instanceof RexInputRef ref && ref.getIndex() >= starts[input] && ref.getIndex() < starts[input + 1]
                ? ImmutableBitSet.of(ref.getIndex() - starts[input])
                : ImmutableBitSet.of();
    }

    /** Numbers of the inputs as they are written. */
    List<Integer> written() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            order.add(i);
        }
        return order;
    }

    /** From the first input on always the first that is tied to those before, or the first if none is. */
    List<Integer> tied() {
        List<Integer> left = written();
        List<Integer> order = new ArrayList<>();
        ImmutableBitSet before = ImmutableBitSet.of();
        while (!left.isEmpty()) {
            Integer next = left.get(0);
            for (Integer input : left) {
                if (isTied(before, input)) {
                    next = input;
                    break;
                }
            }
            order.add(next);
            left.remove(next);
            before = before.set(next);
        }
        return order;
    }

    boolean isTied(ImmutableBitSet before, int next) {
        return terms.stream().anyMatch(term -> term.ties(before, next));
    }

    /** How many joins have no equality when inputs are joined one by one in this order. */
    int crossProducts(List<Integer> order) {
        int count = 0;
        ImmutableBitSet before = ImmutableBitSet.of(order.get(0));
        for (int input : order.subList(1, order.size())) {
            count += isTied(before, input) ? 0 : 1;
            before = before.set(input);
        }
        return count;
    }

    /** Joins in an order; the columns are those of the joins as they were written. */
    RelNode join(List<Integer> order) {
        int[] places = new int[starts[inputs.size()]];
        int width = 0;
        for (int input : order) {
            for (int column = starts[input]; column < starts[input + 1]; column++) {
                places[column] = width++;
            }
        }
        RexShuttle placed = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(places[ref.getIndex()], ref.getType());
            }
        };
        RelNode joined = inputs.get(order.get(0));
        RexBuilder rex = joined.getCluster().getRexBuilder();
        ImmutableBitSet before = ImmutableBitSet.of(order.get(0));
        for (int input : order.subList(1, order.size())) {
            ImmutableBitSet after = before.set(input);
            List<RexNode> conditions = new ArrayList<>();
            for (Term term : terms) {
                boolean first = order.size() > 1 && input == order.get(1);
                if (after.contains(term.inputs) && (first || !before.contains(term.inputs))) {
                    conditions.add(term.condition.accept(placed));
                }
            }
            joined = LogicalJoin.create(
                    joined,
                    inputs.get(input),
                    List.of(),
                    RexUtil.composeConjunction(rex, conditions),
                    Set.of(),
                    JoinRelType.INNER);
            before = after;
        }
        return restored(joined, places);
    }

    private RelNode restored(RelNode joined, int[] places) {
        List<RexNode> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column = 0; column < places.length; column++) {
            columns.add(RexInputRef.of(places[column], joined.getRowType()));
            names.add(joined.getRowType().getFieldNames().get(places[column]));
        }
        return LogicalProject.create(joined, List.of(), columns, names, Set.of());
    }

    /** The same with each input put through a step that keeps its columns. */
    void replaceInputs(UnaryOperator<RelNode> step) {
        inputs.replaceAll(step);
    }
}
