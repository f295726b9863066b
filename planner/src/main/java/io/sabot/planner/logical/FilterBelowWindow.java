package io.sabot.planner.logical;

import io.sabot.planner.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Moves conditions that do not look at the window in front of its assignment. The watermark stays that of all rows,
 * since sources take it before any filter. Not for sessions: rows that fail the condition still decide their bounds.
 */
final class FilterBelowWindow extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        return visited instanceof Filter filter
                        && filter.getInput() instanceof WindowAssignRel window
                        && !(window.window() instanceof WindowSpec.Session)
                ? push(filter, window)
                : visited;
    }

    private static RelNode push(Filter filter, WindowAssignRel window) {
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean movable = above.isEmpty()
                    && RexUtil.isDeterministic(conjunct)
                    && RelOptUtil.InputFinder.bits(conjunct).length() <= window.firstWindowColumn();
            (movable ? below : above).add(conjunct);
        }
        if (below.isEmpty()) {
            return filter;
        }
        RexBuilder builder = filter.getCluster().getRexBuilder();
        RelNode moved = window.copy(
                window.getTraitSet(),
                List.of(LogicalFilter.create(window.getInput(), RexUtil.composeConjunction(builder, below))));
        return above.isEmpty() ? moved : LogicalFilter.create(moved, RexUtil.composeConjunction(builder, above));
    }
}
