package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/** Bytes whose unsigned order is the order of the values, for order keys of an {@link OrderedTable}. */
public final class SortKeys {
    private SortKeys() {}

    /** Writes 8 bytes that order as signed numbers do. */
    public static void putLong(long address, long value) {
        Memory.putLong(address, Long.reverseBytes(value ^ Long.MIN_VALUE));
    }

    /** Reads what {@link #putLong} wrote. */
    public static long getLong(long address) {
        return Long.reverseBytes(Memory.getLong(address)) ^ Long.MIN_VALUE;
    }

    /** Writes 8 bytes that order as doubles do: -0.0 equals 0.0, NaN is last. */
    public static void putDouble(long address, double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        putLong(address, bits ^ ((bits >> 63) & Long.MAX_VALUE));
    }

    /** Writes 16 bytes that order as two's complement numbers of two words do. */
    public static void putDecimal(long address, long low, long high) {
        putLong(address, high);
        Memory.putLong(address + 8, Long.reverseBytes(low));
    }

    /** Turns the order of bytes around, for descending columns. */
    public static void invert(long address, int length) {
        for (int i = 0; i < length; i++) {
            Memory.putByte(address + i, (byte) ~Memory.getByte(address + i));
        }
    }

    /**
     * Writes a byte string so that another value may follow it: 0 becomes 0 255, the end is 0 0. Needs up to {@code 2 *
     * length + 2} bytes.
     *
     * @return bytes written
     */
    public static int putBytes(long address, long bytes, int length) {
        long at = address;
        for (int i = 0; i < length; i++) {
            byte value = Memory.getByte(bytes + i);
            Memory.putByte(at++, value);
            if (value == 0) {
                Memory.putByte(at++, (byte) 0xFF);
            }
        }
        Memory.putByte(at++, (byte) 0);
        Memory.putByte(at++, (byte) 0);
        return (int) (at - address);
    }

    /** Compares byte strings unsigned, a shorter one before a longer one that begins with it. */
    public static int compare(long a, int aLength, long b, int bLength) {
        int common = Math.min(aLength, bLength);
        int i = 0;
        for (; i + 8 <= common; i += 8) {
            long x = Memory.getLong(a + i);
            long y = Memory.getLong(b + i);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        for (; i < common; i++) {
            int difference = (Memory.getByte(a + i) & 0xFF) - (Memory.getByte(b + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(aLength, bLength);
    }
}
