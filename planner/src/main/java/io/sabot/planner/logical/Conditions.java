package io.sabot.planner.logical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Writes conditions of filters and joins so that they fall apart into conjuncts that can go down or be joined by: NOT goes to the
 * comparisons, what all branches of an OR have in common comes in front of it, arithmetic of whole constants is done. All of it
 * holds for NULL, too, and nothing that can fail is tested earlier than it was.
 */
final class Conditions extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
        RelNode visited = super.visit(other);
        RexBuilder rex = visited.getCluster().getRexBuilder();
        if (visited instanceof Filter filter) {
            RexNode condition = filter.getCondition().accept(new Normal(rex));
            return condition.isAlwaysTrue()
                    ? filter.getInput()
                    : filter.copy(filter.getTraitSet(), filter.getInput(), condition);
        }
        if (visited instanceof Join join) {
            RexNode condition = join.getCondition().accept(new Normal(rex));
            return join.copy(
                    join.getTraitSet(),
                    condition,
                    join.getLeft(),
                    join.getRight(),
                    join.getJoinType(),
                    join.isSemiJoinDone());
        }
        return visited;
    }

    /** From the operands up. */
    private static final class Normal extends RexShuttle {
        private final RexBuilder rex;

        Normal(RexBuilder rex) {
            this.rex = rex;
        }

        @Override
        public RexNode visitCall(RexCall written) {
            if (written.getKind() == SqlKind.OR
                    && RelOptUtil.collapseExpandedIsNotDistinctFromExpr(written, rex)
                                    .getKind()
                            != SqlKind.OR) {
                return written; // joins know this form of IS NOT DISTINCT FROM
            }
            RexNode node = super.visitCall(written);
            if (!(node instanceof RexCall call)) {
                return node;
            }
            return switch (call.getKind()) {
                case NOT -> negated(call.getOperands().get(0));
                case AND -> RexUtil.composeConjunction(rex, call.getOperands());
                case OR -> factored(call);
                case PLUS, MINUS, TIMES, MINUS_PREFIX -> computed(call);
                default -> call.isA(SqlKind.COMPARISON) ? compared(call) : call;
            };
        }

        private RexNode negated(RexNode node) {
            if (node.isAlwaysTrue() || node.isAlwaysFalse()) {
                return rex.makeLiteral(node.isAlwaysFalse());
            }
            RexNode not = rex.makeCall(SqlStdOperatorTable.NOT, node);
            if (!(node instanceof RexCall call)) {
                return not;
            }
            List<RexNode> operands = call.getOperands();
            return switch (call.getKind()) {
                case NOT -> operands.get(0);
                case AND ->
                    RexUtil.composeDisjunction(
                            rex, operands.stream().map(this::negated).toList());
                case OR ->
                    RexUtil.composeConjunction(
                            rex, operands.stream().map(this::negated).toList());
                case IS_NULL -> rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, operands);
                case IS_NOT_NULL -> rex.makeCall(SqlStdOperatorTable.IS_NULL, operands);
                case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                    operands.stream().allMatch(Normal::isOrdered)
                            ? rex.makeCall(RexUtil.op(call.getKind().negateNullSafe()), operands)
                            : not;
                default -> not;
            };
        }

        /** Of two values that are not NULL one is less, or they are equal; not so with NaN. */
        private static boolean isOrdered(RexNode node) {
            SqlTypeName type = node.getType().getSqlTypeName();
            return SqlTypeName.EXACT_TYPES.contains(type)
                    || SqlTypeName.CHAR_TYPES.contains(type)
                    || SqlTypeName.DATETIME_TYPES.contains(type)
                    || type == SqlTypeName.BOOLEAN;
        }

        private RexNode factored(RexCall or) {
            List<List<RexNode>> branches = RelOptUtil.disjunctions(or).stream()
                    .map(branch -> List.copyOf(RelOptUtil.conjunctions(branch)))
                    .toList();
            if (branches.isEmpty()) {
                return rex.makeLiteral(false); // FALSE OR FALSE
            }
            List<RexNode> common = branches.get(0).stream()
                    .filter(conjunct ->
                            isSafe(conjunct) && branches.stream().allMatch(branch -> branch.contains(conjunct)))
                    .distinct()
                    .toList();
            if (common.isEmpty()) {
                return RexUtil.composeDisjunction(rex, RelOptUtil.disjunctions(or));
            }
            List<RexNode> rest = new ArrayList<>();
            for (List<RexNode> branch : branches) {
                rest.add(RexUtil.composeConjunction(
                        rex,
                        branch.stream()
                                .filter(conjunct -> !common.contains(conjunct))
                                .toList()));
            }
            List<RexNode> all = new ArrayList<>(common);
            all.add(RexUtil.composeDisjunction(rex, rest));
            return RexUtil.composeConjunction(rex, all);
        }

        /** Whether a test cannot fail, so that it may come before others. */
        private static boolean isSafe(RexNode node) {
            return node instanceof RexCall call
                    && (call.isA(SqlKind.COMPARISON)
                            || call.getKind() == SqlKind.IS_NULL
                            || call.getKind() == SqlKind.IS_NOT_NULL)
                    && call.getOperands().stream().allMatch(Normal::isValue);
        }

        private static boolean isValue(RexNode node) {
            return node instanceof RexInputRef
                    || node instanceof RexLiteral
                    || (node instanceof RexFieldAccess access && isValue(access.getReferenceExpr()));
        }

        private RexNode computed(RexCall call) {
            Optional<BigDecimal> first = whole(call.getOperands().get(0));
            Optional<BigDecimal> second =
                    whole(call.getOperands().get(call.getOperands().size() - 1));
            if (first.isEmpty() || second.isEmpty() || !isWhole(call)) {
                return call;
            }
            BigDecimal value = switch (call.getKind()) {
                case PLUS -> first.get().add(second.get());
                case MINUS -> first.get().subtract(second.get());
                case TIMES -> first.get().multiply(second.get());
                default -> first.get().negate();
            };
            int bits = switch (call.getType().getSqlTypeName()) {
                case TINYINT -> 8;
                case SMALLINT -> 16;
                case INTEGER -> 32;
                default -> 64;
            };
            // what does not fit wraps where it is computed
            return value.toBigInteger().bitLength() < bits ? rex.makeExactLiteral(value, call.getType()) : call;
        }

        private RexNode compared(RexCall call) {
            Optional<BigDecimal> first = whole(call.getOperands().get(0));
            Optional<BigDecimal> second = whole(call.getOperands().get(1));
            if (first.isEmpty() || second.isEmpty()) {
                return call;
            }
            int order = first.get().compareTo(second.get());
            return switch (call.getKind()) {
                case EQUALS -> rex.makeLiteral(order == 0);
                case NOT_EQUALS -> rex.makeLiteral(order != 0);
                case LESS_THAN -> rex.makeLiteral(order < 0);
                case LESS_THAN_OR_EQUAL -> rex.makeLiteral(order <= 0);
                case GREATER_THAN -> rex.makeLiteral(order > 0);
                case GREATER_THAN_OR_EQUAL -> rex.makeLiteral(order >= 0);
                default -> call;
            };
        }

        private static Optional<BigDecimal> whole(RexNode node) {
            return isWhole(node) && node instanceof RexLiteral literal
                    ? Optional.ofNullable(literal.getValueAs(BigDecimal.class))
                    : Optional.empty();
        }

        private static boolean isWhole(RexNode node) {
            return SqlTypeName.INT_TYPES.contains(node.getType().getSqlTypeName());
        }
    }
}
