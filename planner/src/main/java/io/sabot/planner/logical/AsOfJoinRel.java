package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Joins each left row with what the right side holds for it at a time that the row tells: a join with {@code FOR SYSTEM_TIME
 * AS OF}, or an ASOF join. No join in the eyes of Calcite's rules, as conditions on the right side must stay above.
 */
public final class AsOfJoinRel extends BiRel {
    private final boolean keepsLeft;
    private final RexNode condition;
    private final int leftTime;
    private final int rightTime;
    private final SqlKind comparison;

    /**
     * @param keepsLeft whether left rows without a match stay, with NULLs
     * @param condition over left and right columns
     * @param leftTime column of the left input that tells the time; -1 when it is the present time
     * @param rightTime column of the right input that is compared with it; -1 when the right side has versions
     * @param comparison of left with right time, for an ASOF join
     */
    AsOfJoinRel(
            RelOptCluster cluster,
            RelNode left,
            RelNode right,
            boolean keepsLeft,
            RexNode condition,
            int leftTime,
            int rightTime,
            SqlKind comparison) {
        super(cluster, cluster.traitSet(), left, right);
        this.keepsLeft = keepsLeft;
        this.condition = condition;
        this.leftTime = leftTime;
        this.rightTime = rightTime;
        this.comparison = comparison;
    }

    public boolean keepsLeft() {
        return keepsLeft;
    }

    /** Over left and right columns. */
    public RexNode condition() {
        return condition;
    }

    /** Column of the left input; -1 for the time when a row is joined. */
    public int leftTime() {
        return leftTime;
    }

    /** Column of the right input; -1 where the right side has versions. */
    public int rightTime() {
        return rightTime;
    }

    /** Whether the nearest right row is asked for, rather than a version. */
    public boolean isNearest() {
        return rightTime >= 0;
    }

    /** How left time compares with right time. */
    public SqlKind comparison() {
        return comparison;
    }

    AsOfJoinRel with(RelNode newLeft, RelNode newRight, RexNode newCondition, int newLeftTime, int newRightTime) {
        return new AsOfJoinRel(
                getCluster(), newLeft, newRight, keepsLeft, newCondition, newLeftTime, newRightTime, comparison);
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlValidatorUtil.deriveJoinRowType(
                left.getRowType(),
                right.getRowType(),
                keepsLeft ? JoinRelType.LEFT : JoinRelType.INNER,
                getCluster().getTypeFactory(),
                null,
                List.of());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return with(inputs.get(0), inputs.get(1), condition, leftTime, rightTime);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("keepsLeft", keepsLeft)
                .item("condition", condition)
                .item("leftTime", leftTime)
                .item("rightTime", rightTime)
                .item("comparison", comparison);
    }

    /**
     * Takes over what a filter on top asks: of the left side alone, below; of both, where each row with a version is tested,
     * as part of the condition. The rest stays above.
     */
    static RelNode absorb(Filter filter, AsOfJoinRel join) {
        int border = join.left.getRowType().getFieldCount();
        List<RexNode> below = new ArrayList<>();
        List<RexNode> within = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean movable = above.isEmpty()
                    && RexUtil.isDeterministic(conjunct)
                    && !RexUtil.containsCorrelation(conjunct)
                    && RexUtil.SubQueryFinder.find(conjunct) == null;
            if (movable && RelOptUtil.InputFinder.bits(conjunct).length() <= border) {
                below.add(conjunct);
            } else if (movable && !join.keepsLeft && !join.isNearest()) {
                within.add(conjunct);
            } else {
                above.add(conjunct);
            }
        }
        if (above.size() == RelOptUtil.conjunctions(filter.getCondition()).size()) {
            return filter;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RelNode left =
                below.isEmpty() ? join.left : LogicalFilter.create(join.left, RexUtil.composeConjunction(rex, below));
        List<RexNode> terms = new ArrayList<>(RelOptUtil.conjunctions(join.condition));
        terms.addAll(within);
        RelNode joined =
                join.with(left, join.right, RexUtil.composeConjunction(rex, terms), join.leftTime, join.rightTime);
        return above.isEmpty() ? joined : LogicalFilter.create(joined, RexUtil.composeConjunction(rex, above));
    }
}
