package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Arithmetic and comparison of {@link Lane#DECIMAL}, 16-byte two's complement. The loops without a name for rounding do
 * neither round nor check: whoever chooses them knows that the result fits.
 */
final class DecimalKernels {
    private DecimalKernels() {}

    private static void put(long out, int row, long low, long high) {
        long at = out + ((long) row << 4);
        Memory.putLong(at, low);
        Memory.putLong(at + 8, high);
    }

    /** High half of the unsigned product. */
    private static long multiplyHighUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    /** 8-byte integers as 16-byte ones. */
    static void widen(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            long value = a.getLong(i);
            put(out, i, value, value >> 63);
        }
    }

    /** 16-byte integers that fit 8 bytes. */
    static void narrow(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), a.low(i));
        }
    }

    static void add(Value a, Value b, long out, int n) {
        for (int i = 0; i < n; i++) {
            long x = a.low(i);
            long low = x + b.low(i);
            long carry = Long.compareUnsigned(low, x) < 0 ? 1 : 0;
            put(out, i, low, a.high(i) + b.high(i) + carry);
        }
    }

    static void subtract(Value a, Value b, long out, int n) {
        for (int i = 0; i < n; i++) {
            long x = a.low(i);
            long y = b.low(i);
            long borrow = Long.compareUnsigned(x, y) < 0 ? 1 : 0;
            put(out, i, x - y, a.high(i) - b.high(i) - borrow);
        }
    }

    static void negate(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            long low = -a.low(i);
            put(out, i, low, ~a.high(i) + (low == 0 ? 1 : 0));
        }
    }

    /** Product of two 8-byte integers. */
    static void multiplyLongs(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i++) {
            long x = Memory.getLong(pa);
            long y = Memory.getLong(pb);
            long at = out + ((long) i << 4);
            Memory.putLong(at, x * y);
            Memory.putLong(at + 8, Math.multiplyHigh(x, y));
            pa += sa;
            pb += sb;
        }
    }

    /** Product of two 16-byte integers. */
    static void multiply(Value a, Value b, long out, int n) {
        for (int i = 0; i < n; i++) {
            long x = a.low(i);
            long y = b.low(i);
            put(out, i, x * y, multiplyHighUnsigned(x, y) + x * b.high(i) + a.high(i) * y);
        }
    }

    /** Bitmap of {@code a = b}. */
    static void equal(Value a, Value b, long out, int n) {
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                long difference = (a.low(i + j) ^ b.low(i + j)) | (a.high(i + j) ^ b.high(i + j));
                word |= (difference == 0 ? 1L : 0L) << j;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }

    /** Bitmap of {@code a < b}. */
    static void less(Value a, Value b, long out, int n) {
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                long x = a.high(i + j);
                long y = b.high(i + j);
                boolean less = x == y ? Long.compareUnsigned(a.low(i + j), b.low(i + j)) < 0 : x < y;
                word |= (less ? 1L : 0L) << j;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }

    /** Takes 8-byte integers to {@code shift} more digits behind the point; NULL beyond {@code precision} digits. */
    static Kernel scaleUp(int shift, int precision) {
        long factor = Digits.power(shift);
        long limit = (Digits.power(precision) - 1) / factor;
        return (rows, arguments) -> {
            Value a = arguments[0];
            for (int i = 0; i < rows.count(); i++) {
                long value = a.getLong(i);
                rows.putLong(i, value * factor);
                if (value > limit || value < -limit) {
                    rows.setNull(i);
                }
            }
        };
    }

    /** Takes 8-byte integers to {@code shift} digits less behind the point, half up; NULL beyond {@code precision}. */
    static Kernel scaleDown(int shift, int precision) {
        long divisor = Digits.power(shift);
        long half = divisor / 2;
        long limit = Digits.power(Math.min(Lane.LONG_DIGITS, precision)) - 1;
        return (rows, arguments) -> {
            Value a = arguments[0];
            for (int i = 0; i < rows.count(); i++) {
                long value = a.getLong(i);
                long quotient = value / divisor;
                long rest = value % divisor;
                quotient += rest >= half ? 1 : rest <= -half ? -1 : 0;
                rows.putLong(i, quotient);
                if (quotient > limit || quotient < -limit) {
                    rows.setNull(i);
                }
            }
        };
    }

    /** A binary operation on numbers of any size. */
    @FunctionalInterface
    interface Exact {
        BigDecimal apply(BigDecimal a, BigDecimal b);
    }

    /** The number of a row. */
    static BigDecimal number(Value value, int row, Lane lane, int scale) {
        return lane == Lane.LONG
                ? BigDecimal.valueOf(value.getLong(row), scale)
                : new BigDecimal(ValueTexts.unscaled(value, row, lane), scale);
    }

    /** Sets the result of a row, rounded half up; NULL when it has too many digits. */
    static void put(Rows rows, int row, BigDecimal number, Digits digits) {
        BigInteger unscaled = digits.unscaled(number);
        if (unscaled == null) {
            rows.setNull(row);
        } else if (digits.precision() <= Lane.LONG_DIGITS) {
            rows.putLong(row, unscaled.longValue());
        } else {
            rows.putDecimal(row, unscaled.longValue(), unscaled.shiftRight(64).longValue());
        }
    }

    /** An operation row by row, for the rare types whose results need checks beyond 16 bytes. */
    static Kernel exact(Exact operation, Node a, Node b, Digits aDigits, Digits bDigits, Digits out) {
        Lane aLane = a.lane();
        Lane bLane = b.lane();
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    BigDecimal x = number(arguments[0], i, aLane, aDigits.scale());
                    BigDecimal y = number(arguments[1], i, bLane, bDigits.scale());
                    put(rows, i, operation.apply(x, y), out);
                }
            }
        };
    }

    /** Brings numbers to other digits row by row. */
    static Kernel round(Lane lane, int scale, Digits out) {
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    put(rows, i, number(arguments[0], i, lane, scale), out);
                }
            }
        };
    }

    /** First row that is not NULL and 0 in {@code divisor}; -1 if there is none. */
    static int zeros(Value divisor, Lane lane, long validity, int n) {
        if (lane == Lane.LONG) {
            return LongKernels.zeros(divisor, validity, n);
        }
        for (int i = 0; i < n; i++) {
            if ((divisor.low(i) | divisor.high(i)) == 0 && (validity == 0 || Memory.getBit(validity, i))) {
                return i;
            }
        }
        return -1;
    }
}
