package io.sabot.executor.expression;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Numbers and bytes written in a base. */
final class Radix {
    private static final BigInteger UNSIGNED_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private Radix() {}

    /** Bytes as digits of base 16, in capitals. */
    static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }

    /** The bytes of pairs of digits, a 0 in front of an odd number of them; null for anything but digits. */
    static @Nullable ByteString unhex(String digits) {
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        try {
            return new ByteString(HexFormat.of().parseHex(even));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * A number of one base in another: 64 bits, unsigned unless {@code to} is negative. What follows the last digit is
     * left out; null when there is no digit or a base is not of 2 to 36.
     */
    static @Nullable String convert(String text, int from, int to) {
        int base = Math.abs(to);
        if (from < Character.MIN_RADIX
                || from > Character.MAX_RADIX
                || base < Character.MIN_RADIX
                || base > Character.MAX_RADIX) {
            return null;
        }
        String trimmed = text.strip();
        boolean negative = trimmed.startsWith("-");
        int start = negative ? 1 : 0;
        int end = start;
        while (end < trimmed.length() && Character.digit(trimmed.charAt(end), from) >= 0) {
            end++;
        }
        if (end == start) {
            return null;
        }
        BigInteger number = new BigInteger(trimmed.substring(start, end), from).min(UNSIGNED_MAX);
        long bits = negative ? number.negate().longValue() : number.longValue();
        String digits = to < 0 ? Long.toString(bits, base) : Long.toUnsignedString(bits, base);
        return digits.toUpperCase(Locale.ROOT);
    }
}
