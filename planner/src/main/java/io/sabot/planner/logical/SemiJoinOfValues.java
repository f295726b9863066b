package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Takes out what decorrelation puts into EXISTS and NOT EXISTS by another comparison than equality: the different values of the
 * outer rows, joined with the inner rows, of which the pairs are then looked up by the outer rows.
 *
 * <p>{@code L ⋉ (S ⋈ D on c(S, D)) on L.x ≡ D}, where D is all values of L.x, is {@code L ⋉ S on c(S, L.x)}: of D an outer row
 * can only meet its own values, which are there. So state holds the rows of both sides, and not all pairs.
 */
final class SemiJoinOfValues extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        boolean looksUp = visited instanceof Join join
                && (join.getJoinType() == JoinRelType.SEMI || join.getJoinType() == JoinRelType.ANTI);
        return looksUp ? rewritten((Join) visited).orElse(visited) : visited;
    }

    private static Optional<RelNode> rewritten(Join semi) {
        boolean projected = semi.getRight() instanceof Project project
                && !project.containsOver()
                && project.getProjects().stream().allMatch(RexUtil::isDeterministic);
        RelNode pairs = projected ? semi.getRight().getInput(0) : semi.getRight();
        if (!(pairs instanceof Join inner)
                || inner.getJoinType() != JoinRelType.INNER
                || !RexUtil.isDeterministic(inner.getCondition())) {
            return Optional.empty();
        }
        List<RexNode> columns = projected ? ((Project) semi.getRight()).getProjects() : identity(pairs);
        return valuesOf(semi.getLeft(), inner.getRight())
                .flatMap(values -> rewritten(semi, inner, columns, values, true))
                .or(() -> valuesOf(semi.getLeft(), inner.getLeft())
                        .flatMap(values -> rewritten(semi, inner, columns, values, false)));
    }

    private static List<RexNode> identity(RelNode rel) {
        List<RexNode> refs = new ArrayList<>();
        for (int i = 0; i < rel.getRowType().getFieldCount(); i++) {
            refs.add(RexInputRef.of(i, rel.getRowType()));
        }
        return refs;
    }

    /** The columns of the outer rows of which a tree gives the different values; empty when it gives something else. */
    private static Optional<List<Integer>> valuesOf(RelNode outer, RelNode tree) {
        if (!(tree instanceof Aggregate aggregate)
                || aggregate.getGroupType() != Aggregate.Group.SIMPLE
                || !aggregate.getAggCallList().isEmpty()) {
            return Optional.empty();
        }
        boolean projected = aggregate.getInput() instanceof Project;
        RelNode rows = projected ? aggregate.getInput().getInput(0) : aggregate.getInput();
        if (!rows.deepEquals(outer)) {
            return Optional.empty();
        }
        List<RexNode> columns = projected ? ((Project) aggregate.getInput()).getProjects() : identity(rows);
        List<Integer> values = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            if (!(columns.get(key) instanceof RexInputRef ref)) {
                return Optional.empty();
            }
            values.add(ref.getIndex());
        }
        return Optional.of(values);
    }

    /**
     * The join without the values, if each outer row asks for all of its own.
     *
     * @param columns of the right side, over those of {@code inner}
     * @param behind whether the values are the right side of {@code inner}
     */
    private static Optional<RelNode> rewritten(
            Join semi, Join inner, List<RexNode> columns, List<Integer> values, boolean behind) {
        int outerCount = semi.getLeft().getRowType().getFieldCount();
        RelNode rows = behind ? inner.getLeft() : inner.getRight();
        int rowCount = rows.getRowType().getFieldCount();
        int firstValue = behind ? rowCount : 0;
        int firstRow = behind ? 0 : values.size();
        // over the inner join's columns: a value is that of the outer row, a row stands behind the outer row
        RexShuttle own = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                int value = ref.getIndex() - firstValue;
                return value >= 0 && value < values.size()
                        ? new RexInputRef(values.get(value), ref.getType())
                        : new RexInputRef(outerCount + ref.getIndex() - firstRow, ref.getType());
            }
        };
        RexShuttle ofRight = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return ref.getIndex() < outerCount
                        ? ref
                        : columns.get(ref.getIndex() - outerCount).accept(own);
            }
        };
        boolean[] asked = new boolean[values.size()];
        List<RexNode> conjuncts = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(semi.getCondition())) {
            int value = askedValue(conjunct, outerCount, columns, values, firstValue);
            if (value >= 0) {
                asked[value] = true;
            } else {
                conjuncts.add(conjunct.accept(ofRight));
            }
        }
        conjuncts.addAll(RelOptUtil.conjunctions(inner.getCondition().accept(own)));
        if (conjuncts.stream().anyMatch(Fallible::canFail)) {
            return Optional.empty(); // what is tested of pairs must not be tested of more
        }
        for (boolean each : asked) {
            if (!each) {
                return Optional.empty();
            }
        }
        RexBuilder rex = semi.getCluster().getRexBuilder();
        return Optional.of(LogicalJoin.create(
                semi.getLeft(),
                rows,
                semi.getHints(),
                RexUtil.composeConjunction(rex, conjuncts),
                Set.of(),
                semi.getJoinType()));
    }

    /** The value that a condition compares with that of the outer row, NULL being like NULL; -1 for other conditions. */
    private static int askedValue(
            RexNode conjunct, int outerCount, List<RexNode> columns, List<Integer> values, int firstValue) {
        if (conjunct.getKind() != SqlKind.IS_NOT_DISTINCT_FROM
                || !(((RexCall) conjunct).getOperands().get(0) instanceof RexInputRef first)
                || !(((RexCall) conjunct).getOperands().get(1) instanceof RexInputRef second)) {
            return -1;
        }
        int outer = Math.min(first.getIndex(), second.getIndex());
        int right = Math.max(first.getIndex(), second.getIndex()) - outerCount;
        if (outer >= outerCount || right < 0 || !(columns.get(right) instanceof RexInputRef ref)) {
            return -1;
        }
        int value = ref.getIndex() - firstValue;
        return value >= 0 && value < values.size() && values.get(value) == outer ? value : -1;
    }
}
