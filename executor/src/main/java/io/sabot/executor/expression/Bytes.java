package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Loops over the bytes of one text. */
final class Bytes {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = 0x8080808080808080L;

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

    /** Whether all bytes are ASCII. */
    static boolean isAscii(long address, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if ((Memory.getLong(address + i) & 0x8080808080808080L) != 0) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (Memory.getByte(address + i) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Number of characters (code points) of a UTF-8 text. */
    static int characters(long address, int length) {
        int count = 0;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long word = Memory.getLong(address + i);
            // Continuation bytes have the bits 10 on top; all others begin a character.
            long continuations = (word >>> 7) & (~word >>> 6) & 0x0101010101010101L;
            count += 8 - Long.bitCount(continuations);
        }
        for (; i < length; i++) {
            count += (Memory.getByte(address + i) & 0xc0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** Bytes of the first {@code characters} characters of a UTF-8 text; all bytes when it has fewer. */
    static int prefix(long address, int length, int characters) {
        int left = characters;
        int i = 0;
        while (left > 0 && i < length) {
            i++;
            while (i < length && (Memory.getByte(address + i) & 0xc0) == 0x80) {
                i++;
            }
            left--;
        }
        return i;
    }

    /** Position of the first occurrence at or behind {@code from}, in bytes; -1 if there is none. */
    static int indexOf(long text, int length, long wanted, int wantedLength, int from) {
        if (wantedLength == 0) {
            return from <= length ? from : -1;
        }
        byte first = Memory.getByte(wanted);
        int last = length - wantedLength;
        int i = from;
        long firsts = (first & 0xFFL) * ONES;
        for (; i + 7 <= last; i += 8) {
            for (long hits = zeros(Memory.getLong(text + i) ^ firsts); hits != 0; hits &= hits - 1) {
                int at = i + (Long.numberOfTrailingZeros(hits) >>> 3);
                if (Memory.equal(text + at, wanted, wantedLength)) {
                    return at;
                }
            }
        }
        for (; i <= last; i++) {
            if (Memory.getByte(text + i) == first && Memory.equal(text + i, wanted, wantedLength)) {
                return i;
            }
        }
        return -1;
    }

    /** As above for a text on the heap that is not empty. */
    static int indexOf(long text, int length, byte[] wanted) {
        int last = length - wanted.length;
        int i = 0;
        long firsts = (wanted[0] & 0xFFL) * ONES;
        for (; i + 7 <= last; i += 8) {
            for (long hits = zeros(Memory.getLong(text + i) ^ firsts); hits != 0; hits &= hits - 1) {
                int at = i + (Long.numberOfTrailingZeros(hits) >>> 3);
                if (Memory.startsWith(text + at, wanted)) {
                    return at;
                }
            }
        }
        for (; i <= last; i++) {
            if (Memory.startsWith(text + i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** Marks the bytes that are 0 by their highest bit, and perhaps some bytes behind one. */
    private static long zeros(long word) {
        return (word - ONES) & ~word & HIGHEST;
    }

    /** Turns A to Z into a to z, or the other way, in eight bytes of ASCII. */
    static long changeCase(long word, boolean upper) {
        long fromA = word + (0x80 - (upper ? 'a' : 'A')) * ONES;
        long behindZ = word + (0x80 - (upper ? 'z' : 'Z') - 1) * ONES;
        return word ^ (((fromA ^ behindZ) & HIGHEST) >>> 2);
    }

    /** A hash of bytes, for tables in memory only. */
    static long hash(long address, int length) {
        long hash = length;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = (hash ^ Memory.getLong(address + i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ Memory.getByte(address + i)) * 0x9E3779B97F4A7C15L;
        }
        return (hash ^ hash >>> 29) * 0xBF58476D1CE4E5B9L;
    }
}
