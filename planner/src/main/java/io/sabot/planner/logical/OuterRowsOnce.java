package io.sabot.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;

/**
 * Keeps outer rows together whose values differ each time they are computed and are read by a sub-query: decorrelation joins
 * the rows with their own values, which must be the same on both sides.
 */
final class OuterRowsOnce extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (!(visited instanceof Correlate correlate)
                || !RelOptUtil.getVariablesUsed(correlate.getLeft()).isEmpty()
                || !ChangingRows.canDiffer(correlate.getLeft(), correlate.getRequiredColumns())) {
            return visited;
        }
        RelNode once = new OnceRel(correlate.getLeft());
        return correlate.copy(correlate.getTraitSet(), List.of(once, correlate.getRight()));
    }
}
