package io.sabot.planner.logical;

import io.sabot.planner.size.RelSizes;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexUtil;

/**
 * Takes the inputs of inner joins in an order in which each is tied by an equality to those before it, and of such orders one
 * whose joins give far fewer rows, where the sizes of the inputs are known.
 *
 * <p>{@code FROM a, b, c WHERE a.x = c.x AND c.y = b.y} begins with all pairs of a and b as it is written; a, c, b has no
 * such join. Joins stay as they are written when that saves nothing, and where a condition can fail: on a pair of rows that
 * another join leaves out it must not.
 */
final class JoinOrder extends RelHomogeneousShuttle {
    private final RelSizes sizes;

    JoinOrder(RelSizes sizes) {
        this.sizes = sizes;
    }

    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof LogicalJoin join && isInner(join)) {
            JoinTree tree = new JoinTree(join, JoinOrder::isInner);
            List<Integer> order = order(tree);
            if (!order.equals(tree.written())) {
                tree.replaceInputs(input -> input.accept(this));
                return tree.join(order);
            }
        }
        return super.visit(other);
    }

    private List<Integer> order(JoinTree tree) {
        List<Integer> written = tree.written();
        List<Integer> tied = tree.tied();
        List<Integer> order = tree.crossProducts(tied) < tree.crossProducts(written) ? tied : written;
        boolean comparable = tree.isLeftDeep() || !order.equals(written);
        return comparable && written.size() > 2 ? new JoinCosts(tree, sizes).better(order) : order;
    }

    private static boolean isInner(Join join) {
        return join instanceof LogicalJoin
                && join.getJoinType() == JoinRelType.INNER
                && join.getVariablesSet().isEmpty()
                && join.getHints().isEmpty()
                && RexUtil.isDeterministic(join.getCondition())
                && !Fallible.canFail(join.getCondition());
    }
}
