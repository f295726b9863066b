package io.sabot.planner.logical;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Cuts a condition where its parts are going to be moved apart: around sub-queries, and over a join before the first expression
 * that can fail. Each part becomes a filter of its own, the first one lowest.
 */
final class ConditionOrder extends RelHomogeneousShuttle {
    private final boolean subQueries;

    private ConditionOrder(boolean subQueries) {
        this.subQueries = subQueries;
    }

    /** Conditions before a sub-query hold before its rows are looked at, those behind it for the rows that it leaves. */
    static RelNode aroundSubQueries(RelNode rel) {
        return rel.accept(new ConditionOrder(true));
    }

    /** Conditions over a join that come before the first one that can fail may move into it. */
    static RelNode beforeFailures(RelNode rel) {
        return rel.accept(new ConditionOrder(false));
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (!(visited instanceof LogicalFilter filter) || !(subQueries || filter.getInput() instanceof Join)) {
            return visited;
        }
        List<RexNode> conjuncts = RelOptUtil.conjunctions(filter.getCondition());
        RelNode cut = filter.getInput();
        for (int from = 0, to; from < conjuncts.size(); from = to) {
            to = from + 1;
            while (to < conjuncts.size() && together(conjuncts.get(from), conjuncts.get(to))) {
                to++;
            }
            if (from == 0 && to == conjuncts.size()) {
                return visited;
            }
            RexNode part = RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), conjuncts.subList(from, to));
            cut = LogicalFilter.create(cut, part, ImmutableSet.copyOf(filter.getVariablesSet()));
        }
        return cut;
    }

    /** Behind a condition that can fail all stay with it. */
    private boolean together(RexNode first, RexNode next) {
        return subQueries
                ? (RexUtil.SubQueryFinder.find(first) == null) == (RexUtil.SubQueryFinder.find(next) == null)
                : Fallible.canFail(first) || !Fallible.canFail(next);
    }
}
