package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Arithmetic and comparison of {@link Lane#DOUBLE}, as IEEE 754 and Java define them: no operation fails. */
final class DoubleKernels {
    private DoubleKernels() {}

    static void add(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i++) {
            Memory.putDouble(out + ((long) i << 3), Memory.getDouble(pa) + Memory.getDouble(pb));
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
            Memory.putDouble(out + ((long) i << 3), Memory.getDouble(pa) - Memory.getDouble(pb));
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
            Memory.putDouble(out + ((long) i << 3), Memory.getDouble(pa) * Memory.getDouble(pb));
            pa += sa;
            pb += sb;
        }
    }

    static void divide(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i++) {
            Memory.putDouble(out + ((long) i << 3), Memory.getDouble(pa) / Memory.getDouble(pb));
            pa += sa;
            pb += sb;
        }
    }

    static void remainder(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i++) {
            Memory.putDouble(out + ((long) i << 3), Memory.getDouble(pa) % Memory.getDouble(pb));
            pa += sa;
            pb += sb;
        }
    }

    /** Bitmap of {@code a = b}; NaN equals nothing. */
    static void equal(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                word |= (Memory.getDouble(pa) == Memory.getDouble(pb) ? 1L : 0L) << j;
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
                word |= (Memory.getDouble(pa) < Memory.getDouble(pb) ? 1L : 0L) << j;
                pa += sa;
                pb += sb;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }

    /** Bitmap of {@code a <= b}. */
    static void lessOrEqual(Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        int sa = a.step;
        int sb = b.step;
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                word |= (Memory.getDouble(pa) <= Memory.getDouble(pb) ? 1L : 0L) << j;
                pa += sa;
                pb += sb;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }

    static void negate(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putDouble(out + ((long) i << 3), -a.getDouble(i));
        }
    }

    static void absolute(Value a, long out, int n) {
        for (int i = 0; i < n; i++) {
            Memory.putDouble(out + ((long) i << 3), Math.abs(a.getDouble(i)));
        }
    }

    /** Rounds values to the nearest FLOAT, in place. */
    static void roundToFloat(long values, int n) {
        for (int i = 0; i < n; i++) {
            long at = values + ((long) i << 3);
            Memory.putDouble(at, (float) Memory.getDouble(at));
        }
    }
}
