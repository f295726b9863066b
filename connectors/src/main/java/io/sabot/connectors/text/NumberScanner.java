package io.sabot.connectors.text;

import io.sabot.executor.batch.Memory;

/** Reads numbers of up to 18 digits straight from memory, eight digits at a time. */
public final class NumberScanner {
    /** Digits read at most. */
    public static final int DIGITS_MAX = 18;

    /** Whole numbers up to this are exact as DOUBLE, as are powers of ten up to 22; so is their quotient's rounding. */
    private static final long EXACT_DOUBLE = 1L << 53;

    private static final long EXACT_FLOAT = 1L << 24;
    private static final double[] DOUBLE_POWERS = new double[DIGITS_MAX + 1];
    private static final float[] FLOAT_POWERS = new float[11];

    static {
        for (int i = 0; i < DOUBLE_POWERS.length; i++) {
            DOUBLE_POWERS[i] = (double) Digits.power(i);
        }
        for (int i = 0; i < FLOAT_POWERS.length; i++) {
            FLOAT_POWERS[i] = (float) Digits.power(i);
        }
    }

    private long magnitude;
    private boolean negative;
    private int fractionDigits;

    /** The number read, without its point. */
    public long value() {
        return negative ? -magnitude : magnitude;
    }

    /** Digits behind the point. */
    public int fractionDigits() {
        return fractionDigits;
    }

    /** The number without sign and point. */
    public long magnitude() {
        return magnitude;
    }

    /** Whether {@link #doubleValue} is the DOUBLE nearest to the number. */
    public boolean isExactDouble() {
        return magnitude <= EXACT_DOUBLE;
    }

    /** The number; minus zero keeps its sign. */
    public double doubleValue() {
        double value = magnitude / DOUBLE_POWERS[fractionDigits];
        return negative ? -value : value;
    }

    /** Whether {@link #floatValue} is the FLOAT nearest to the number. */
    public boolean isExactFloat() {
        return magnitude <= EXACT_FLOAT && fractionDigits < FLOAT_POWERS.length;
    }

    /** The number; minus zero keeps its sign. */
    public float floatValue() {
        float value = magnitude / FLOAT_POWERS[fractionDigits];
        return negative ? -value : value;
    }

    /**
     * Reads a minus sign, if there is one, and digits; a zero in front of others is refused.
     *
     * @return address of the first byte behind the digits, 0 when there are none or too many
     */
    public long integer(long address) {
        fractionDigits = 0;
        negative = Memory.getByte(address) == '-';
        long first = negative ? address + 1 : address;
        long word = Memory.getLong(first);
        int count = Digits.count(word);
        if (count == 0 || (count > 1 && (byte) word == '0')) {
            return 0;
        }
        magnitude = Digits.value(word, count);
        long behind = first + count;
        return count == 8 ? moreDigits(behind, DIGITS_MAX - 8) : behind;
    }

    /** Goes on with up to {@code most} digits. */
    private long moreDigits(long from, int most) {
        long at = from;
        int left = most;
        int count;
        do {
            long word = Memory.getLong(at);
            count = Digits.count(word);
            if (count > left) {
                return 0;
            }
            if (count > 0) {
                magnitude = magnitude * Digits.power(count) + Digits.value(word, count);
            }
            at += count;
            left -= count;
        } while (count == 8);
        return at;
    }

    /** Like {@link #integer}, but a point and more digits may follow; an exponent is left where it is. */
    public long number(long address) {
        long behind = integer(address);
        if (behind == 0 || Memory.getByte(behind) != '.') {
            return behind;
        }
        int before = (int) (behind - address) - (negative ? 1 : 0);
        long point = behind;
        behind = moreDigits(point + 1, DIGITS_MAX - before);
        fractionDigits = (int) (behind - point - 1);
        return behind == point + 1 ? 0 : behind;
    }
}
