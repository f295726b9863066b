package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Loops over the bytes of one text. */
final class Bytes {
    private Bytes() {}

    /** Copies; short texts word by word, never writing more than the 8 bytes of slack behind {@code to + length}. */
    static void copy(long from, long to, int length) {
        if (length > 64) {
            Memory.copy(from, to, length);
            return;
        }
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            Memory.putLong(to + i, Memory.getLong(from + i));
        }
        for (; i < length; i++) {
            Memory.putByte(to + i, Memory.getByte(from + i));
        }
    }

    /** The first 1 to 8 bytes as a number, the rest 0; reads up to 8 bytes, which buffers have behind them. */
    static long word(long address, int length) {
        return Memory.getLong(address) << (64 - (length << 3)) >>> (64 - (length << 3));
    }

    /** Whether two texts of the same length are the same. */
    static boolean equal(long a, long b, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (Memory.getLong(a + i) != Memory.getLong(b + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (Memory.getByte(a + i) != Memory.getByte(b + i)) {
                return false;
            }
        }
        return true;
    }

    /** Compares by unsigned bytes; a prefix is smaller. */
    static int compare(long a, int aLength, long b, int bLength) {
        int length = Math.min(aLength, bLength);
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long x = Memory.getLong(a + i);
            long y = Memory.getLong(b + i);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        for (; i < length; i++) {
            int difference = (Memory.getByte(a + i) & 0xff) - (Memory.getByte(b + i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(aLength, bLength);
    }
}
