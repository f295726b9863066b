package io.sabot.planner.physical;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.function.SabotFunctions;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Sees through expressions that shift a time column by a constant. */
final class TimeExpressions {
    private TimeExpressions() {}

    /** A column and a constant number of milliseconds added to it. */
    record Shifted(int column, long millis) {}

    /** The column that an expression shifts; empty for any other expression. */
    static Optional<Shifted> shifted(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return Optional.of(new Shifted(ref.getIndex(), 0));
        }
        if (!(node instanceof RexCall call)) {
            return Optional.empty();
        }
        return switch (call.getKind()) {
            case CAST -> isSameInstant(call) ? shifted(call.getOperands().get(0)) : Optional.empty();
            case PLUS -> {
                Long right = millis(call.getOperands().get(1));
                yield right != null
                        ? add(call.getOperands().get(0), right)
                        : addIfConstant(
                                call.getOperands().get(1),
                                millis(call.getOperands().get(0)));
            }
            case MINUS -> {
                Long millis = millis(call.getOperands().get(1));
                yield addIfConstant(call.getOperands().get(0), millis == null ? null : -millis);
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Shifted> addIfConstant(RexNode base, @Nullable Long millis) {
        return millis == null ? Optional.empty() : add(base, millis);
    }

    private static Optional<Shifted> add(RexNode base, long millis) {
        return shifted(base).map(shifted -> new Shifted(shifted.column(), shifted.millis() + millis));
    }

    /** Only precision or nullability changes, without loss of milliseconds. */
    private static boolean isSameInstant(RexCall cast) {
        SqlTypeName from = cast.getOperands().get(0).getType().getSqlTypeName();
        SqlTypeName to = cast.getType().getSqlTypeName();
        return from == to
                && (to == SqlTypeName.TIMESTAMP || to == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
                && cast.getType().getPrecision() >= 3;
    }

    /** Length of a day-time interval literal. */
    static @Nullable Long millis(RexNode node) {
        return node instanceof RexLiteral literal
                        && !literal.isNull()
                        && SqlTypeName.DAY_INTERVAL_TYPES.contains(
                                literal.getType().getSqlTypeName())
                ? Objects.requireNonNull(literal.getValueAs(Long.class))
                : null;
    }

    /** The domain of an expression that reads a clock for the time of the row; empty for all others. */
    static Optional<TimeDomain> domain(RexNode node) {
        return node instanceof RexCall call && call.getOperator().equals(SabotFunctions.PROCTIME)
                ? Optional.of(TimeDomain.PROCESSING)
                : Optional.empty();
    }
}
