package io.sabot.planner.logical;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexUtil;

/**
 * Takes the inputs of inner joins in an order in which each is tied by an equality to those before it.
 *
 * <p>{@code FROM a, b, c WHERE a.x = c.x AND c.y = b.y} begins with all pairs of a and b as it is written; a, c, b has no
 * such join. Joins stay as they are written when that saves nothing.
 */
final class JoinOrder extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof LogicalJoin join && isInner(join)) {
            JoinTree tree = new JoinTree(join, JoinOrder::isInner);
            List<Integer> order = tree.tied();
            if (tree.crossProducts(order) < tree.crossProducts(tree.written())) {
                tree.replaceInputs(input -> input.accept(this));
                return tree.join(order);
            }
        }
        return super.visit(other);
    }

    private static boolean isInner(Join join) {
        return join instanceof LogicalJoin
                && join.getJoinType() == JoinRelType.INNER
                && join.getVariablesSet().isEmpty()
                && join.getHints().isEmpty()
                && RexUtil.isDeterministic(join.getCondition());
    }
}
