package io.sabot.planner.physical;

import io.sabot.planner.plan.RankFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * A test of a rank against numbers.
 *
 * @param from lowest rank that passes
 * @param to highest rank that passes
 * @param rest conjuncts that say more
 */
record RankFilter(RexOver rank, RankFunction function, long from, long to, List<RexNode> rest) {
    RankFilter {
        rest = List.copyOf(rest);
    }

    /** Whether one row is kept of each partition. */
    boolean isFirstRow() {
        return function == RankFunction.ROW_NUMBER && from == 1 && to == 1;
    }

    /** Looks for a rank with an upper bound in conjuncts that contain the OVER calls themselves. */
    static Optional<RankFilter> find(List<RexNode> conjuncts) {
        for (RexOver over : OverSplit.calls(conjuncts)) {
            RankFunction function = function(over);
            if (function != null) {
                RankFilter filter = of(over, function, conjuncts);
                if (filter.to < Long.MAX_VALUE) {
                    return Optional.of(filter);
                }
            }
        }
        return Optional.empty();
    }

    /** Looks for a rank with a column as its upper bound: all ranks are kept, and tested as they are. */
    static Optional<RankFilter> findByColumn(List<RexNode> conjuncts) {
        for (RexOver over : OverSplit.calls(conjuncts)) {
            RankFunction function = function(over);
            if (function != null && conjuncts.stream().anyMatch(conjunct -> isBelowColumn(conjunct, over))) {
                return Optional.of(new RankFilter(over, function, 1, Long.MAX_VALUE, conjuncts));
            }
        }
        return Optional.empty();
    }

    private static boolean isBelowColumn(RexNode conjunct, RexOver over) {
        if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
            return false;
        }
        boolean reversed = !isRank(call.getOperands().get(0), over);
        SqlKind kind = reversed ? call.getKind().reverse() : call.getKind();
        boolean isBound = kind == SqlKind.EQUALS || kind == SqlKind.LESS_THAN || kind == SqlKind.LESS_THAN_OR_EQUAL;
        return isBound && (!reversed || isRank(call.getOperands().get(1), over));
    }

    static @Nullable RankFunction function(RexOver over) {
        return switch (over.getAggOperator().getKind()) {
            case ROW_NUMBER -> RankFunction.ROW_NUMBER;
            case RANK -> RankFunction.RANK;
            case DENSE_RANK -> RankFunction.DENSE_RANK;
            default -> null;
        };
    }

    private static RankFilter of(RexOver over, RankFunction function, List<RexNode> conjuncts) {
        long from = 1;
        long to = Long.MAX_VALUE;
        List<RexNode> rest = new ArrayList<>();
        for (RexNode conjunct : conjuncts) {
            Bound bound = bound(conjunct, over);
            if (bound == null) {
                rest.add(conjunct);
            } else {
                from = Math.max(from, bound.from);
                to = Math.min(to, bound.to);
            }
        }
        return new RankFilter(over, function, from, to, rest);
    }

    private record Bound(long from, long to) {}

    private static @Nullable Bound bound(RexNode conjunct, RexOver over) {
        if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
            return null;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        boolean reversed = !isRank(left, over);
        BigDecimal number = number(reversed ? left : right);
        if (number == null || (reversed && !isRank(right, over))) {
            return null;
        }
        long floor = clamp(number.setScale(0, RoundingMode.FLOOR));
        long ceiling = clamp(number.setScale(0, RoundingMode.CEILING));
        SqlKind kind = reversed ? call.getKind().reverse() : call.getKind();
        return switch (kind) {
            case EQUALS -> new Bound(ceiling, floor);
            case LESS_THAN_OR_EQUAL -> new Bound(1, floor);
            case LESS_THAN -> new Bound(1, ceiling - 1);
            case GREATER_THAN_OR_EQUAL -> new Bound(ceiling, Long.MAX_VALUE);
            case GREATER_THAN -> new Bound(floor + 1, Long.MAX_VALUE);
            default -> null;
        };
    }

    private static boolean isRank(RexNode node, RexOver over) {
        return node.equals(over)
                || (node.getKind() == SqlKind.CAST
                        && isRank(((RexCall) node).getOperands().get(0), over));
    }

    private static @Nullable BigDecimal number(RexNode node) {
        if (node.getKind() == SqlKind.CAST) {
            return number(((RexCall) node).getOperands().get(0));
        }
        return node instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal number ? number : null;
    }

    private static long clamp(BigDecimal number) {
        return number.max(BigDecimal.valueOf(-1))
                .min(BigDecimal.valueOf(Long.MAX_VALUE - 1))
                .longValue();
    }
}
