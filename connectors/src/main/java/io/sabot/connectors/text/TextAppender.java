package io.sabot.connectors.text;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.EncodedRecords;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;

/** Writes values as text behind each other into {@link EncodedRecords}, without garbage for the common ones. */
public final class TextAppender {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] PAIRS = new byte[200];

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[i * 2] = (byte) ('0' + i / 10);
            PAIRS[i * 2 + 1] = (byte) ('0' + i % 10);
        }
    }

    private final EncodedRecords target;
    private long cachedDay = Long.MIN_VALUE;
    private byte[] cachedDate = new byte[0];
    private int cachedDateLength;

    public TextAppender(EncodedRecords target) {
        this.target = target;
    }

    /** One ASCII character. */
    public void put(char character) {
        int at = target.length();
        target.ensure(1)[at] = (byte) character;
        target.setLength(at + 1);
    }

    /** Bytes as they are. */
    public void put(byte[] bytes) {
        target.append(bytes);
    }

    /** The first bytes of an array that is padded to a multiple of eight. */
    public void putPadded(byte[] padded, int length) {
        int at = target.length();
        byte[] bytes = target.ensure(length + 8);
        for (int i = 0; i < length; i += 8) {
            WORDS.set(bytes, at + i, (long) WORDS.get(padded, i));
        }
        target.setLength(at + length);
    }

    /** A copy with zeros behind, for {@link #putPadded}. */
    public static byte[] pad(byte[] bytes) {
        return Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
    }

    /** Replaces a character written before. */
    public void replace(int position, char character) {
        target.bytes()[position] = (byte) character;
    }

    /** Bytes written so far. */
    public int position() {
        return target.length();
    }

    /** Bytes in memory as they are; up to 7 bytes behind them are read. */
    public void put(long address, int length) {
        int at = target.length();
        byte[] bytes = target.ensure(length + 8);
        if (length > 64) {
            Memory.copy(address, bytes, at, length);
        } else {
            for (int i = 0; i < length; i += 8) {
                WORDS.set(bytes, at + i, Memory.getLong(address + i));
            }
        }
        target.setLength(at + length);
    }

    /** A whole number. */
    public void putLong(long value) {
        int at = target.length();
        target.setLength(putLong(target.ensure(20), at, value));
    }

    private static int putLong(byte[] bytes, int at, long value) {
        int start = at;
        // Counts down in negative numbers, since the least long has no positive counterpart
        long rest = value < 0 ? value : -value;
        if (value < 0) {
            bytes[start++] = '-';
        }
        int end = start + digits(rest);
        int position = end;
        while (rest <= -100) {
            long quotient = rest / 100;
            int pair = (int) (quotient * 100 - rest) << 1;
            bytes[--position] = PAIRS[pair + 1];
            bytes[--position] = PAIRS[pair];
            rest = quotient;
        }
        int pair = (int) -rest << 1;
        bytes[--position] = PAIRS[pair + 1];
        if (rest <= -10) {
            bytes[--position] = PAIRS[pair];
        }
        return end;
    }

    /** Number of digits of a number that is not positive. */
    private static int digits(long negative) {
        int count = 1;
        long limit = -10;
        while (count < 19 && negative <= limit) {
            count++;
            limit *= 10;
        }
        return count;
    }

    /** A floating point number as Java writes it. */
    public void putDouble(double value) {
        putAscii(Double.toString(value));
    }

    /** A floating point number as Java writes it. */
    public void putFloat(float value) {
        putAscii(Float.toString(value));
    }

    /** Text of ASCII characters. */
    public void putAscii(String text) {
        put(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * A decimal number as {@link BigDecimal#toString} writes it.
     *
     * @param plain never with an exponent
     */
    public void putDecimal(long low, long high, int scale, boolean plain) {
        if (high != low >> 63 || low == Long.MIN_VALUE) {
            putDecimal(wide(low, high, scale), plain);
            return;
        }
        long magnitude = Math.abs(low);
        int digits = digits(-magnitude);
        if (!plain && digits - 1 - scale < -6) {
            putDecimal(BigDecimal.valueOf(low, scale), false);
            return;
        }
        int at = target.length();
        byte[] bytes = target.ensure(48);
        if (low < 0) {
            bytes[at++] = '-';
        }
        if (digits <= scale) {
            int zeros = scale - digits;
            bytes[at++] = '0';
            bytes[at++] = '.';
            for (int i = 0; i < zeros; i++) {
                bytes[at++] = '0';
            }
            at = putLong(bytes, at, magnitude);
        } else {
            at = putLong(bytes, at, magnitude);
            if (scale > 0) {
                System.arraycopy(bytes, at - scale, bytes, at - scale + 1, scale);
                bytes[at - scale] = '.';
                at++;
            }
        }
        target.setLength(at);
    }

    private void putDecimal(BigDecimal value, boolean plain) {
        putAscii(plain ? value.toPlainString() : value.toString());
    }

    private static BigDecimal wide(long low, long high, int scale) {
        BigInteger unscaled = BigInteger.valueOf(high)
                .shiftLeft(64)
                .or(BigInteger.valueOf(low).and(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE)));
        return new BigDecimal(unscaled, scale);
    }

    /** A date, {@code 2020-01-01}. */
    public void putDate(long day) {
        if (day != cachedDay) {
            cachedDay = day;
            byte[] date = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
            cachedDate = pad(date);
            cachedDateLength = date.length;
        }
        putPadded(cachedDate, cachedDateLength);
    }

    /** A time of day, {@code 01:02:03.4}: as many digits behind the second as say something. */
    public void putTime(long nanosOfDay) {
        int seconds = (int) (nanosOfDay / 1_000_000_000);
        int nanos = (int) (nanosOfDay - seconds * 1_000_000_000L);
        int at = target.length();
        byte[] bytes = target.ensure(18);
        at = putPair(bytes, at, seconds / 3600);
        bytes[at++] = ':';
        at = putPair(bytes, at, seconds / 60 % 60);
        bytes[at++] = ':';
        at = putPair(bytes, at, seconds % 60);
        if (nanos != 0) {
            bytes[at++] = '.';
            int unit = 100_000_000;
            while (nanos != 0) {
                int digit = nanos / unit;
                bytes[at++] = (byte) ('0' + digit);
                nanos -= digit * unit;
                unit /= 10;
            }
        }
        target.setLength(at);
    }

    private static int putPair(byte[] bytes, int at, int value) {
        bytes[at] = PAIRS[value * 2];
        bytes[at + 1] = PAIRS[value * 2 + 1];
        return at + 2;
    }

    /** A timestamp, {@code 2020-01-01 00:00:00.123}. */
    public void putTimestamp(long value, long unitsPerMilli, char separator) {
        long unitsPerDay = unitsPerMilli * 86_400_000L;
        long day = Math.floorDiv(value, unitsPerDay);
        putDate(day);
        put(separator);
        putTime((value - day * unitsPerDay) * (1_000_000 / unitsPerMilli));
    }

    /** Bytes in base 64. */
    public void putBase64(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        put(Base64.getEncoder().encode(bytes));
    }
}
