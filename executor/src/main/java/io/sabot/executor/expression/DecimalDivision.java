package io.sabot.executor.expression;

import java.math.BigDecimal;
import java.math.MathContext;

/** Division of 8-byte decimals: by one machine division where the shifted dividend fits, else exactly. */
final class DecimalDivision {
    private DecimalDivision() {}

    /** A kernel for {@code a * 10^shift / b}, rounded half up; {@code b} is not 0 where the result is not NULL. */
    static Kernel of(int shift, int aScale, int bScale, Digits out, MathContext context) {
        long factor = Digits.power(shift);
        long limit = Long.MAX_VALUE / factor;
        boolean narrow = out.precision() <= Lane.LONG_DIGITS;
        long greatest = narrow ? Digits.power(out.precision()) - 1 : Long.MAX_VALUE;
        return (rows, arguments) -> {
            Value a = arguments[0];
            Value b = arguments[1];
            for (int i = 0; i < rows.count(); i++) {
                if (rows.isNull(i)) {
                    continue;
                }
                long dividend = a.getLong(i);
                long divisor = b.getLong(i);
                if (dividend > limit || dividend < -limit) {
                    BigDecimal x = BigDecimal.valueOf(dividend, aScale);
                    DecimalKernels.put(rows, i, x.divide(BigDecimal.valueOf(divisor, bScale), context), out);
                    continue;
                }
                long quotient = halfUp(dividend * factor, divisor);
                if (quotient > greatest || quotient < -greatest) {
                    rows.setNull(i);
                } else if (narrow) {
                    rows.putLong(i, quotient);
                } else {
                    rows.putDecimal(i, quotient, quotient >> 63);
                }
            }
        };
    }

    /** The quotient rounded to the nearest integer, away from 0 in the middle. */
    static long halfUp(long dividend, long divisor) {
        long quotient = dividend / divisor;
        long rest = Math.abs(dividend % divisor);
        boolean up = rest >= Math.abs(divisor) - rest;
        return up ? quotient + ((dividend ^ divisor) < 0 ? -1 : 1) : quotient;
    }
}
