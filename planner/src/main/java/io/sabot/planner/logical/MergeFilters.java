package io.sabot.planner.logical;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** Makes one filter of two, the lower one's conditions first: Calcite's own rule may turn them round. */
final class MergeFilters extends FilterMergeRule {
    private MergeFilters(Config config) {
        super(config);
    }

    static MergeFilters all() {
        return new MergeFilters(Config.DEFAULT);
    }

    /** A filter that can fail stays apart from the one below it, which may move into a join. */
    static MergeFilters ofSafeOnes() {
        return new MergeFilters(Config.DEFAULT
                .withOperandSupplier(top -> top.operand(Filter.class)
                        .predicate(filter -> !Fallible.canFail(filter.getCondition()))
                        .oneInput(below -> below.operand(Filter.class).anyInputs()))
                .as(Config.class));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Filter top = call.rel(0);
        Filter below = call.rel(1);
        List<RexNode> conjuncts = new ArrayList<>(RelOptUtil.conjunctions(below.getCondition()));
        conjuncts.addAll(RelOptUtil.conjunctions(top.getCondition()));
        ImmutableSet<CorrelationId> variables = ImmutableSet.<CorrelationId>builder()
                .addAll(below.getVariablesSet())
                .addAll(top.getVariablesSet())
                .build();
        RexNode condition = RexUtil.composeConjunction(top.getCluster().getRexBuilder(), conjuncts);
        call.transformTo(LogicalFilter.create(below.getInput(), condition, variables));
    }
}
