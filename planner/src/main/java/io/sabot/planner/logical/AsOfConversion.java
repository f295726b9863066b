package io.sabot.planner.logical;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.function.SabotFunctions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link AsOfJoinRel} of joins with {@code FOR SYSTEM_TIME AS OF}, which come as correlations with a snapshot, and of
 * ASOF joins; lets them take over filters that stand on them.
 */
final class AsOfConversion extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        if (visited instanceof Correlate correlate) {
            RelNode joined = temporal(correlate);
            return joined == null ? correlate : joined;
        }
        if (visited instanceof AsofJoin join) {
            return nearest(join);
        }
        if (visited instanceof Filter filter && filter.getInput() instanceof AsOfJoinRel join) {
            return AsOfJoinRel.absorb(filter, join);
        }
        return visited;
    }

    /** Calcite treats this node apart from all others. */
    @Override
    public RelNode visit(LogicalAsofJoin join) {
        return visit((RelNode) join);
    }

    private static @Nullable RelNode temporal(Correlate correlate) {
        List<RexNode> conjuncts = new ArrayList<>();
        RelNode right = correlate.getRight();
        while (right instanceof Filter filter) {
            conjuncts.addAll(0, RelOptUtil.conjunctions(filter.getCondition()));
            right = filter.getInput();
        }
        if (!(right instanceof Snapshot snapshot)) {
            return null;
        }
        if (correlate.getJoinType() != JoinRelType.INNER && correlate.getJoinType() != JoinRelType.LEFT) {
            throw refused("FOR SYSTEM_TIME AS OF stands in an inner or left join only");
        }
        RexBuilder rex = correlate.getCluster().getRexBuilder();
        int border = correlate.getLeft().getRowType().getFieldCount();
        OuterColumns outer = new OuterColumns(correlate.getCorrelationId(), correlate.getLeft());
        RexNode period = snapshot.getPeriod().accept(outer);
        if (!(period instanceof RexInputRef time)) {
            throw refused("FOR SYSTEM_TIME AS OF takes a time column of the left side");
        }
        List<RexNode> terms = conjuncts.stream()
                .map(conjunct -> RexUtil.shift(conjunct, border).accept(outer))
                .toList();
        return new AsOfJoinRel(
                correlate.getCluster(),
                correlate.getLeft(),
                snapshot.getInput(),
                correlate.getJoinType() == JoinRelType.LEFT,
                RexUtil.composeConjunction(rex, terms),
                isProcessingTime(correlate.getLeft(), time.getIndex()) ? -1 : time.getIndex(),
                -1,
                SqlKind.GREATER_THAN_OR_EQUAL);
    }

    /** Whether a column is {@code PROCTIME()} written in the query; that of a table is found later. */
    private static boolean isProcessingTime(RelNode rel, int column) {
        if (rel instanceof Filter filter) {
            return isProcessingTime(filter.getInput(), column);
        }
        if (!(rel instanceof Project project)) {
            return false;
        }
        RexNode value = project.getProjects().get(column);
        return value instanceof RexInputRef ref
                ? isProcessingTime(project.getInput(), ref.getIndex())
                : value instanceof RexCall call && call.getOperator().equals(SabotFunctions.PROCTIME);
    }

    private static RelNode nearest(AsofJoin join) {
        int border = join.getLeft().getRowType().getFieldCount();
        if (join.getMatchCondition() instanceof RexCall call
                && call.getOperands().size() == 2
                && call.getOperands().get(0) instanceof RexInputRef first
                && call.getOperands().get(1) instanceof RexInputRef second) {
            boolean inOrder = first.getIndex() < border;
            int left = inOrder ? first.getIndex() : second.getIndex();
            int right = (inOrder ? second.getIndex() : first.getIndex()) - border;
            if (left < border && right >= 0) {
                return new AsOfJoinRel(
                        join.getCluster(),
                        join.getLeft(),
                        join.getRight(),
                        join.getJoinType() == JoinRelType.LEFT_ASOF,
                        join.getCondition(),
                        left,
                        right,
                        inOrder ? call.getKind() : call.getKind().reverse());
            }
        }
        throw refused("MATCH_CONDITION compares a column of the left side with one of the right side");
    }

    private static SabotException refused(String what) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what);
    }

    /** Columns of the row outside become columns of the left input. */
    private static final class OuterColumns extends RexShuttle {
        private final CorrelationId id;
        private final RelNode left;

        OuterColumns(CorrelationId id, RelNode left) {
            this.id = id;
            this.left = left;
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(id)
                    ? RexInputRef.of(access.getField().getIndex(), left.getRowType())
                    : super.visitFieldAccess(access);
        }
    }
}
