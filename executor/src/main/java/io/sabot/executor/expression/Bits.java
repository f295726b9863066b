package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Loops over bitmaps, 64 rows to a word. */
final class Bits {
    private Bits() {}

    /** Number of words for this many rows. */
    static int words(int rows) {
        return (rows + 63) >>> 6;
    }

    /** Bytes of a bitmap, in whole words. */
    static long bytes(int rows) {
        return (long) words(rows) << 3;
    }

    /** Which bits of the last word stand for rows. */
    static long lastMask(int rows) {
        return -1L >>> (-rows & 63);
    }

    /** Number of bits set. */
    static int count(long bitmap, int rows) {
        int words = words(rows);
        if (words == 0) {
            return 0;
        }
        int count = 0;
        for (int w = 0; w < words - 1; w++) {
            count += Long.bitCount(Memory.getLong(bitmap + ((long) w << 3)));
        }
        return count + Long.bitCount(Memory.getLong(bitmap + ((long) (words - 1) << 3)) & lastMask(rows));
    }

    /** {@code out = a & b}. */
    static void and(long a, long b, long out, int rows) {
        for (int w = 0, words = words(rows); w < words; w++) {
            long at = (long) w << 3;
            Memory.putLong(out + at, Memory.getLong(a + at) & Memory.getLong(b + at));
        }
    }

    /** Sets all bits of whole words. */
    static void fill(long out, int rows, boolean value) {
        Memory.fill(out, bytes(rows), (byte) (value ? -1 : 0));
    }

    /** {@code out[i] = bitmap[rows[i]]}. */
    static void gather(long bitmap, int[] rows, int count, long out) {
        for (int i = 0; i < count; ) {
            long word = 0;
            int end = Math.min(64, count - i);
            for (int j = 0; j < end; j++) {
                int row = rows[i + j];
                word |= ((Memory.getByte(bitmap + (row >> 3)) >> (row & 7)) & 1L) << j;
            }
            Memory.putLong(out + ((long) i >> 3), word);
            i += end;
        }
    }

    /** Writes the positions of the bits set to {@code out}, ascending; returns their number. */
    static int positions(long bitmap, int rows, int[] out) {
        int count = 0;
        int words = words(rows);
        for (int w = 0; w < words; w++) {
            long word = Memory.getLong(bitmap + ((long) w << 3));
            if (w == words - 1) {
                word &= lastMask(rows);
            }
            if (word == -1L) {
                for (int j = 0, base = w << 6; j < 64; j++) {
                    out[count++] = base + j;
                }
                continue;
            }
            while (word != 0) {
                out[count++] = (w << 6) + Long.numberOfTrailingZeros(word);
                word &= word - 1;
            }
        }
        return count;
    }
}
