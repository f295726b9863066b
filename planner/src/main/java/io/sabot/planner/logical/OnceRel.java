package io.sabot.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * The rows of its input. No rule looks behind it, so that all who read it read the same node of the plan: for rows with values
 * that differ each time they are computed.
 */
public final class OnceRel extends SingleRel {
    OnceRel(RelNode input) {
        super(input.getCluster(), input.getCluster().traitSet(), input);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new OnceRel(sole(inputs));
    }
}
