package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Comparison of {@link Lane#TEXT}, by bytes. */
final class TextKernels {
    private TextKernels() {}

    /** Bitmap of {@code a = b}. */
    static void equal(Value a, Value b, long out, int n) {
        if (b.isConstant() && b.high(0) <= 8) {
            equalShort(a, b, out, n);
            return;
        }
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                int row = i + j;
                long length = a.high(row);
                boolean equal = length == b.high(row) && Memory.equal(a.low(row), b.low(row), (int) length);
                word |= (equal ? 1L : 0L) << j;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }

    /** Bitmap of {@code a = constant} where the constant is one masked word. */
    private static void equalShort(Value a, Value b, long out, int n) {
        int length = (int) b.high(0);
        long expected = length == 0 ? 0 : Bytes.word(b.low(0), length);
        for (int i = 0; i < n; i += 64) {
            long word = 0;
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                boolean equal =
                        a.high(i + j) == length && (length == 0 || Bytes.word(a.low(i + j), length) == expected);
                word |= (equal ? 1L : 0L) << j;
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
                int row = i + j;
                int order = Memory.compare(a.low(row), (int) a.high(row), b.low(row), (int) b.high(row));
                word |= (order < 0 ? 1L : 0L) << j;
            }
            Memory.putLong(out + (i >> 3), word);
        }
    }
}
