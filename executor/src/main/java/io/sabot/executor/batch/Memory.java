package io.sabot.executor.batch;

import org.apache.arrow.memory.util.MemoryUtil;

/**
 * Raw access to off-heap memory: the one door, so that another mechanism can take Unsafe's place later.
 *
 * <p>Nothing is checked. Values are little-endian on every machine we run on, as in Arrow. Loops hoist addresses once per
 * batch and call only this class.
 */
public final class Memory {
    static {
        ArrowAccess.open();
    }

    private Memory() {}

    /** One byte. */
    public static byte getByte(long address) {
        return MemoryUtil.getByte(address);
    }

    /** One byte. */
    public static void putByte(long address, byte value) {
        MemoryUtil.putByte(address, value);
    }

    /** Two bytes. */
    public static short getShort(long address) {
        return MemoryUtil.getShort(address);
    }

    /** Two bytes. */
    public static void putShort(long address, short value) {
        MemoryUtil.putShort(address, value);
    }

    /** Four bytes. */
    public static int getInt(long address) {
        return MemoryUtil.getInt(address);
    }

    /** Four bytes. */
    public static void putInt(long address, int value) {
        MemoryUtil.putInt(address, value);
    }

    /** Eight bytes. */
    public static long getLong(long address) {
        return MemoryUtil.getLong(address);
    }

    /** Eight bytes. */
    public static void putLong(long address, long value) {
        MemoryUtil.putLong(address, value);
    }

    /** Four bytes as a float. */
    public static float getFloat(long address) {
        return Float.intBitsToFloat(MemoryUtil.getInt(address));
    }

    /** Four bytes as a float. */
    public static void putFloat(long address, float value) {
        MemoryUtil.putInt(address, Float.floatToRawIntBits(value));
    }

    /** Eight bytes as a double. */
    public static double getDouble(long address) {
        return Double.longBitsToDouble(MemoryUtil.getLong(address));
    }

    /** Eight bytes as a double. */
    public static void putDouble(long address, double value) {
        MemoryUtil.putLong(address, Double.doubleToRawLongBits(value));
    }

    /** Copies bytes; the ranges must not overlap. */
    public static void copy(long from, long to, long bytes) {
        MemoryUtil.copyMemory(from, to, bytes);
    }

    /** As {@link #copy}, without a call for the few bytes of most texts. */
    public static void copyText(long from, long to, int bytes) {
        if (bytes > 64) {
            MemoryUtil.copyMemory(from, to, bytes);
        } else if (bytes >= 8) {
            for (int i = 0; i < bytes - 8; i += 8) {
                MemoryUtil.putLong(to + i, MemoryUtil.getLong(from + i));
            }
            MemoryUtil.putLong(to + bytes - 8, MemoryUtil.getLong(from + bytes - 8));
        } else {
            for (int i = 0; i < bytes; i++) {
                MemoryUtil.putByte(to + i, MemoryUtil.getByte(from + i));
            }
        }
    }

    /** Whether memory begins with these bytes. */
    public static boolean startsWith(long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (getByte(address + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether so many bytes are the same. */
    public static boolean equal(long a, long b, int length) {
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            if (getLong(a + i) != getLong(b + i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (getByte(a + i) != getByte(b + i)) {
                return false;
            }
        }
        return true;
    }

    /** Compares by unsigned bytes; a prefix is smaller. */
    public static int compare(long a, int aLength, long b, int bLength) {
        int length = Math.min(aLength, bLength);
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long x = getLong(a + i);
            long y = getLong(b + i);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        for (; i < length; i++) {
            int difference = (getByte(a + i) & 0xff) - (getByte(b + i) & 0xff);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(aLength, bLength);
    }

    /** Copies bytes out of memory into an array. */
    public static void copy(long from, byte[] to, int offset, int bytes) {
        MemoryUtil.copyFromMemory(from, to, offset, bytes);
    }

    /** Copies bytes of an array into memory. */
    public static void copy(byte[] from, int offset, long to, int bytes) {
        MemoryUtil.copyToMemory(from, offset, to, bytes);
    }

    /** Eight bytes of an array. */
    public static long getLong(byte[] bytes, int offset) {
        return MemoryUtil.getLong(bytes, offset);
    }

    /** Memory outside any allocator, for whoever keeps its own accounts; the caller frees it. */
    public static long allocate(long bytes) {
        return MemoryUtil.allocateMemory(bytes);
    }

    /** Gives back what {@link #allocate} gave. */
    public static void free(long address) {
        MemoryUtil.freeMemory(address);
    }

    /** Sets bytes to one value. */
    public static void fill(long address, long bytes, byte value) {
        MemoryUtil.setMemory(address, bytes, value);
    }

    /** Whether bit {@code index} of a bitmap is set. */
    public static boolean getBit(long bitmap, int index) {
        return ((MemoryUtil.getByte(bitmap + (index >> 3)) >> (index & 7)) & 1) != 0;
    }

    /** Sets bit {@code index} of a bitmap. */
    public static void setBit(long bitmap, int index) {
        long address = bitmap + (index >> 3);
        MemoryUtil.putByte(address, (byte) (MemoryUtil.getByte(address) | (1 << (index & 7))));
    }

    /** Clears bit {@code index} of a bitmap. */
    public static void clearBit(long bitmap, int index) {
        long address = bitmap + (index >> 3);
        MemoryUtil.putByte(address, (byte) (MemoryUtil.getByte(address) & ~(1 << (index & 7))));
    }
}
