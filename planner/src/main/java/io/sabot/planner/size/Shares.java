package io.sabot.planner.size;

import java.util.function.IntToDoubleFunction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.Sarg;

/** What is assumed of values that nobody counted. */
public final class Shares {
    /** Of rows with a value that is asked for. */
    static final double EQUAL = 0.1;
    /** Of rows in a range that is open on one side. */
    static final double RANGE = 1.0 / 3;
    /** Of rows whose text is like a pattern. */
    static final double LIKE = 0.25;
    /** Of rows for which some other condition is true. */
    static final double OTHER = 0.5;
    /** Different values of a column that is no key, or groups, for each row. */
    static final double DIFFERENT = 0.1;

    private Shares() {}

    /**
     * The share of rows for which a condition is true.
     *
     * @param keys by column that identifies rows: how many there are; 0 for other columns
     */
    public static double of(RexNode condition, IntToDoubleFunction keys) {
        if (condition.isAlwaysTrue()) {
            return 1;
        }
        if (condition.isAlwaysFalse() || !(condition instanceof RexCall call)) {
            return condition.isAlwaysFalse() ? 0 : OTHER;
        }
        RexNode first = call.getOperands().isEmpty() ? call : call.getOperands().get(0);
        return switch (call.getKind()) {
            case AND ->
                call.getOperands().stream()
                        .mapToDouble(operand -> of(operand, keys))
                        .reduce(1, (a, b) -> a * b);
            case OR ->
                Math.min(
                        1,
                        call.getOperands().stream()
                                .mapToDouble(operand -> of(operand, keys))
                                .sum());
            case NOT, IS_FALSE, IS_NOT_TRUE -> 1 - of(first, keys);
            case IS_TRUE, IS_NOT_FALSE -> of(first, keys);
            case EQUALS, IS_NOT_DISTINCT_FROM -> equal(call, keys);
            case NOT_EQUALS, IS_DISTINCT_FROM -> 1 - equal(call, keys);
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> RANGE;
            case IS_NULL -> EQUAL;
            case IS_NOT_NULL -> 1 - EQUAL;
            case LIKE, SIMILAR -> LIKE;
            case SEARCH -> search(call, keys);
            default -> OTHER;
        };
    }

    private static double equal(RexCall call, IntToDoubleFunction keys) {
        double count = 0;
        for (RexNode operand : call.getOperands()) {
            count = Math.max(count, operand instanceof RexInputRef ref ? keys.applyAsDouble(ref.getIndex()) : 0);
        }
        return count > 0 ? 1 / count : EQUAL;
    }

    private static double search(RexCall call, IntToDoubleFunction keys) {
        Sarg<?> values = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
        return values != null && values.isPoints() ? Math.min(1, values.pointCount * equal(call, keys)) : RANGE;
    }

    /** Groups of rows. */
    public static double groups(double rows) {
        return Math.max(Math.min(1, rows), rows * DIFFERENT);
    }

    /**
     * Pairs of rows whose keys are equal.
     *
     * @param different how many different keys the side has that has more of them; 0 when there are no keys
     */
    public static double pairs(double left, double right, double different) {
        return left * right / Math.max(1, different);
    }
}
