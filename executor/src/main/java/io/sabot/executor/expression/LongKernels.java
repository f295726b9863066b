package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Arithmetic and comparison of {@link Lane#LONG}. Whole numbers wrap. */
final class LongKernels {
    private LongKernels() {}

    static void add(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), Memory.getLong(pa) + Memory.getLong(pb));
            pa += sa;
            pb += sb;
        }
    }

    static void subtract(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), Memory.getLong(pa) - Memory.getLong(pb));
            pa += sa;
            pb += sb;
        }
    }

    static void multiply(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), Memory.getLong(pa) * Memory.getLong(pb));
            pa += sa;
            pb += sb;
        }
    }

    /** Division towards zero; a divisor of 0 gives 0, {@link #zeros} finds it. */
    static void divide(Value a, Value b, long out, int n) {
        long pa = a.values;
        int sa = a.step;
        if (b.isConstant()) {
            divideByConstant(a, b.getLong(0), out, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            long divisor = b.getLong(i);
            Memory.putLong(out + ((long) i << 3), divisor == 0 ? 0 : Memory.getLong(pa) / divisor);
            pa += sa;
        }
    }

    private static void divideByConstant(Value a, long divisor, long out, int n) {
        long pa = a.values;
        int sa = a.step;
        if (divisor == 0) {
            Memory.fill(out, (long) n << 3, (byte) 0);
            return;
        }
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), Memory.getLong(pa) / divisor);
            pa += sa;
        }
    }

    /** Remainder with the sign of the dividend; a divisor of 0 gives 0, {@link #zeros} finds it. */
    static void remainder(Value a, Value b, long out, int n) {
        long pa = a.values;
        int sa = a.step;
        if (b.isConstant()) {
            remainderOfConstant(a, b.getLong(0), out, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            long divisor = b.getLong(i);
            Memory.putLong(out + ((long) i << 3), divisor == 0 ? 0 : Memory.getLong(pa) % divisor);
            pa += sa;
        }
    }

    private static void remainderOfConstant(Value a, long divisor, long out, int n) {
        long pa = a.values;
        int sa = a.step;
        if (divisor == 0) {
            Memory.fill(out, (long) n << 3, (byte) 0);
            return;
        }
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), Memory.getLong(pa) % divisor);
            pa += sa;
        }
    }

    /** First row with the value 0 that is not NULL; -1 if there is none. */
    static int zeros(Value value, long validity, int n) {
        if (value.isConstant() && value.getLong(0) != 0) {
            return -1;
        }
        for (int i = 0; i < n; i++) {
            if (value.getLong(i) == 0 && (validity == 0 || Memory.getBit(validity, i))) {
                return i;
            }
        }
        return -1;
    }

    static void negate(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), -a.getLong(i));
        }
    }

    static void absolute(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putLong(out + ((long) i << 3), Math.abs(a.getLong(i)));
        }
    }

    /** Cuts values to their low {@code bits} bits, in place. */
    static void wrap(long values, int bits, int n) {
        int shift = 64 - bits;
        for (int i = 0; i < n; i++) {
            long at = values + ((long) i << 3);
            Memory.putLong(at, Memory.getLong(at) << shift >> shift);
        }
    }

    /** Bitmap of {@code a = b}. */
    static void equal(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                word |= (Memory.getLong(pa) == Memory.getLong(pb) ? 1L : 0L) << j;
                pa += sa;
                pb += sb;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }

    /** Bitmap of {@code a < b}. */
    static void less(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                word |= (Memory.getLong(pa) < Memory.getLong(pb) ? 1L : 0L) << j;
                pa += sa;
                pb += sb;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }
}
