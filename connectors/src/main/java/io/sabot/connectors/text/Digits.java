package io.sabot.connectors.text;

/** Eight characters at a time in a long, the first in the lowest byte. */
public final class Digits {
    /** 1 in every byte. */
    public static final long LOW = 0x0101010101010101L;
    /** The highest bit of every byte. */
    public static final long HIGH = 0x8080808080808080L;

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private Digits() {}

    /** 10 to the power of {@code exponent}, which is 0 to 18. */
    public static long power(int exponent) {
        return POWERS[exponent];
    }

    /** How many of the first characters are digits, 0 to 8. */
    public static int count(long word) {
        long digits = word ^ ('0' * LOW);
        // A byte above 9 gets its highest bit; a carry reaches only bytes behind one that is marked
        long others = ((digits + 0x76 * LOW) | digits) & HIGH;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** The number that the first {@code count} characters mean, 1 to 8 of them. */
    public static long value(long word, int count) {
        return fold((word & 0x0F * LOW) << (64 - (count << 3)));
    }

    /** The first {@code count} characters, 1 to 8, as digits behind the point, in units of 10 to the power of -8. */
    public static long fraction(long word, int count) {
        return fold((word & 0x0F * LOW) & (-1L >>> (64 - (count << 3))));
    }

    private static long fold(long digits) {
        long pairs = ((digits * 2561) >>> 8) & 0x00FF00FF00FF00FFL;
        long quads = ((pairs * 6_553_601) >>> 16) & 0x0000FFFF0000FFFFL;
        return (quads * 42_949_672_960_001L) >>> 32;
    }

    /**
     * Highest bit of every byte that is zero. Bytes above a zero byte may be marked by mistake, so only the lowest mark
     * counts.
     */
    public static long zeros(long word) {
        return (word - LOW) & ~word & HIGH;
    }

    /** Index of the byte of the lowest mark. */
    public static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}
