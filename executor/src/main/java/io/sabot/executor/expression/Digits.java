package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Digits of an exact number, and those behind its point.
 *
 * @param precision all digits; 19 for BIGINT
 * @param scale digits behind the point
 */
record Digits(int precision, int scale) {
    /** Most digits of a DECIMAL. */
    static final int MAX = 38;

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    /** {@code 10^exponent} for an exponent of up to 18. */
    static long power(int exponent) {
        return POWERS[exponent];
    }

    /** Digits of a type; null when it is no exact number. */
    static @Nullable Digits of(DataType type) {
        if (!(type instanceof AtomicType atomic)) {
            return null;
        }
        return switch (atomic.kind()) {
            case TINYINT -> new Digits(3, 0);
            case SMALLINT -> new Digits(5, 0);
            case INT -> new Digits(10, 0);
            case BIGINT -> new Digits(19, 0);
            case DECIMAL -> new Digits(atomic.precision(), atomic.scale());
            default -> null;
        };
    }

    /** Digits in front of the point. */
    int whole() {
        return precision - scale;
    }

    /** The type DECIMAL with these digits. */
    AtomicType type() {
        return new AtomicType(TypeKind.DECIMAL, precision, scale, true);
    }

    /** Whether every number of these digits is one of {@code other} without rounding. */
    boolean fitIn(Digits other) {
        return scale <= other.scale && whole() <= other.whole();
    }

    /** The unscaled form of a number rounded half up to these digits; null when it has too many. */
    @Nullable
    BigInteger unscaled(BigDecimal number) {
        long whole = (long) number.precision() - number.scale();
        if (number.signum() == 0 || whole < -scale) { // less than a tenth of the last digit
            return BigInteger.ZERO;
        }
        if (whole > precision - scale) { // not to be written out: it may have a billion digits
            return null;
        }
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_UP);
        return rounded.precision() > precision ? null : rounded.unscaledValue();
    }
}
