package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Memory;
import java.math.BigInteger;

/** Arithmetic on 128-bit two's complement numbers in two longs, low half first. */
final class Int128 {
    private static final BigInteger LIMIT = BigInteger.TEN.pow(38);
    private static final double TWO_64 = 0x1p64;

    private Int128() {}

    static double toDouble(long low, long high) {
        if (high == low >> 63) {
            return low;
        }
        return high * TWO_64 + unsigned(low);
    }

    private static double unsigned(long low) {
        return low >= 0 ? low : low + TWO_64;
    }

    static BigInteger toBigInteger(long low, long high) {
        return BigInteger.valueOf(high)
                .shiftLeft(64)
                .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
                .add(BigInteger.valueOf(low & 1));
    }

    static int compare(long aLow, long aHigh, long bLow, long bHigh) {
        return aHigh != bHigh ? Long.compare(aHigh, bHigh) : Long.compareUnsigned(aLow, bLow);
    }

    /** Adds to a 192-bit number at an address, so that sums overflow only for good. */
    static void addTo192(long address, long low, long high, long top) {
        long a = Memory.getLong(address);
        long b = Memory.getLong(address + 8);
        long low2 = a + low;
        long carry = ((a & low) | ((a | low) & ~low2)) >>> 63;
        long high2 = b + high + carry;
        long carry2 = ((b & high) | ((b | high) & ~high2)) >>> 63;
        Memory.putLong(address, low2);
        Memory.putLong(address + 8, high2);
        Memory.putLong(address + 16, Memory.getLong(address + 16) + top + carry2);
    }

    /** Whether a 192-bit number has at most 38 digits. */
    static boolean fits(long address) {
        long high = Memory.getLong(address + 8);
        if (Memory.getLong(address + 16) != high >> 63) {
            return false;
        }
        if (high < 0x4B3B_4CA8_5A86_C47AL && high > -0x4B3B_4CA8_5A86_C47AL) {
            return true;
        }
        return toBigInteger(Memory.getLong(address), high).abs().compareTo(LIMIT) < 0;
    }
}
