package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Tests whose results are never NULL, and other loops over bitmaps of {@link Lane#BOOLEAN}. */
final class BitKernels {
    private BitKernels() {}

    private static long word(Value value, int w) {
        return Memory.getLong(value.values + (long) w * value.step);
    }

    private static long valid(Value value, int w) {
        return value.validity == 0 ? -1L : Memory.getLong(value.validity + ((long) w << 3));
    }

    /** IS NOT NULL of any lane. */
    static void isNotNull(Value a, long out, int n) {
        for (int w = 0, words = Bits.words(n); w < words; w++) {
            Memory.putLong(out + ((long) w << 3), valid(a, w));
        }
    }

    /** IS TRUE. */
    static void isTrue(Value a, long out, int n) {
        for (int w = 0, words = Bits.words(n); w < words; w++) {
            Memory.putLong(out + ((long) w << 3), word(a, w) & valid(a, w));
        }
    }

    /** IS FALSE. */
    static void isFalse(Value a, long out, int n) {
        for (int w = 0, words = Bits.words(n); w < words; w++) {
            Memory.putLong(out + ((long) w << 3), ~word(a, w) & valid(a, w));
        }
    }

    /** The same bits. */
    static void copy(Value a, long out, int n) {
        for (int w = 0, words = Bits.words(n); w < words; w++) {
            Memory.putLong(out + ((long) w << 3), word(a, w));
        }
    }

    /** {@code a = b}. */
    static void equal(Value a, Value b, long out, int n) {
        for (int w = 0, words = Bits.words(n); w < words; w++) {
            Memory.putLong(out + ((long) w << 3), ~(word(a, w) ^ word(b, w)));
        }
    }

    /** {@code a < b}, FALSE before TRUE. */
    static void less(Value a, Value b, long out, int n) {
        for (int w = 0, words = Bits.words(n); w < words; w++) {
            Memory.putLong(out + ((long) w << 3), ~word(a, w) & word(b, w));
        }
    }
}
