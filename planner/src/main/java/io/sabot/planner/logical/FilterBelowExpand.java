package io.sabot.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/** Tests what is asked of a row before several are made of it. */
final class FilterBelowExpand extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        return visited instanceof Filter filter && filter.getInput() instanceof ExpandRel expand
                ? push(filter, expand)
                : visited;
    }

    private static RelNode push(Filter filter, ExpandRel expand) {
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean movable = above.isEmpty()
                    && RexUtil.isDeterministic(conjunct)
                    && RelOptUtil.InputFinder.bits(conjunct).length()
                            <= expand.kept().size();
            (movable ? below : above).add(movable ? overInput(conjunct, expand) : conjunct);
        }
        if (below.isEmpty()) {
            return filter;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RelNode moved = expand.copy(
                expand.getTraitSet(),
                List.of(LogicalFilter.create(expand.getInput(), RexUtil.composeConjunction(rex, below))));
        return above.isEmpty() ? moved : LogicalFilter.create(moved, RexUtil.composeConjunction(rex, above));
    }

    private static RexNode overInput(RexNode conjunct, ExpandRel expand) {
        return conjunct.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return RexInputRef.of(
                        expand.kept().get(ref.getIndex()), expand.getInput().getRowType());
            }
        });
    }
}
