package io.sabot.connectors.json;

import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.text.Digits;
import io.sabot.connectors.text.NumberScanner;
import io.sabot.connectors.text.TimestampFormat;
import io.sabot.connectors.text.TimestampScanner;
import io.sabot.connectors.text.Utf8;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import java.nio.charset.StandardCharsets;

/**
 * Reads one value, which is not null, into its column, and tests it. Gives the address behind it, or {@link
 * RecordScanner#ODD} with nothing appended where the value is not in the usual form of the column's type.
 */
final class ValueScanner {
    private static final long QUOTES = '"' * Digits.LOW;
    private static final long BACKSLASHES = '\\' * Digits.LOW;
    private static final int TRUE = 't' | 'r' << 8 | 'u' << 16 | 'e' << 24;
    private static final int ALSE = 'a' | 'l' << 8 | 's' << 16 | 'e' << 24;

    private final NumberScanner numbers = new NumberScanner();
    private final TimestampScanner timestamps;
    private boolean passed;
    private int unescapedLength;

    ValueScanner(TimestampFormat format) {
        this.timestamps = new TimestampScanner(format);
    }

    /** Whether the value read last passes the tests of its column. */
    boolean passed() {
        return passed;
    }

    long scan(Leaf leaf, long at, long end) {
        passed = true;
        return switch (leaf.kind) {
            case BIGINT, INT, SMALLINT, TINYINT -> scanWhole(leaf, at);
            case CHAR, VARCHAR -> scanText(leaf, at, end);
            case TIMESTAMP -> scanTimestamp(leaf, at, false);
            case TIMESTAMP_LTZ -> scanTimestamp(leaf, at, true);
            case DOUBLE -> scanDouble(leaf, at);
            case FLOAT -> scanFloat(leaf, at);
            case DECIMAL -> scanDecimal(leaf, at);
            case BOOLEAN -> scanBoolean(leaf, at);
            case DATE -> scanDate(leaf, at);
            case TIME -> scanTime(leaf, at);
            case BINARY, VARBINARY, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, NULL -> RecordScanner.ODD;
        };
    }

    private long scanWhole(Leaf leaf, long at) {
        long behind = numbers.integer(at);
        if (behind == RecordScanner.ODD || !JsonSkip.isDelimiter(Memory.getByte(behind))) {
            return RecordScanner.ODD;
        }
        long value = numbers.value();
        ColumnBuilder target = leaf.target();
        switch (leaf.kind) {
            case BIGINT -> target.appendLong(value);
            case INT -> {
                if (value != (int) value) {
                    return RecordScanner.ODD;
                }
                target.appendInt((int) value);
            }
            case SMALLINT -> {
                if (value != (short) value) {
                    return RecordScanner.ODD;
                }
                target.appendShort((short) value);
            }
            default -> {
                if (value != (byte) value) {
                    return RecordScanner.ODD;
                }
                target.appendByte((byte) value);
            }
        }
        passed = leaf.passes(value);
        return behind;
    }

    /** Reads a number without exponent that is the whole value. */
    private long number(long at) {
        long behind = numbers.number(at);
        return behind != RecordScanner.ODD && JsonSkip.isDelimiter(Memory.getByte(behind)) ? behind : RecordScanner.ODD;
    }

    private long scanDouble(Leaf leaf, long at) {
        long behind = number(at);
        if (behind != RecordScanner.ODD && numbers.isExactDouble()) {
            leaf.target().appendDouble(numbers.doubleValue());
            return behind;
        }
        behind = numberEnd(at);
        if (behind != RecordScanner.ODD) {
            leaf.target().appendDouble(Double.parseDouble(text(at, behind)));
        }
        return behind;
    }

    private long scanFloat(Leaf leaf, long at) {
        long behind = number(at);
        if (behind != RecordScanner.ODD && numbers.isExactFloat()) {
            leaf.target().appendFloat(numbers.floatValue());
            return behind;
        }
        behind = numberEnd(at);
        if (behind != RecordScanner.ODD) {
            leaf.target().appendFloat(Float.parseFloat(text(at, behind)));
        }
        return behind;
    }

    /** End of a number that has only digits and one point, however long; 0 for other forms. */
    private static long numberEnd(long at) {
        long address = Memory.getByte(at) == '-' ? at + 1 : at;
        long start = address;
        long point = 0;
        byte character;
        while (((character = Memory.getByte(address)) >= '0' && character <= '9') || (character == '.' && point == 0)) {
            if (character == '.') {
                point = address;
            }
            address++;
        }
        boolean leadingZero = Memory.getByte(start) == '0' && address > start + 1 && point != start + 1;
        boolean bare = address == start || point == start || point == address - 1;
        return leadingZero || bare || !JsonSkip.isDelimiter(character) ? RecordScanner.ODD : address;
    }

    private static String text(long from, long to) {
        byte[] bytes = new byte[(int) (to - from)];
        Memory.copy(from, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private long scanDecimal(Leaf leaf, long at) {
        long behind = number(at);
        if (behind == RecordScanner.ODD || numbers.fractionDigits() > leaf.scale) {
            return RecordScanner.ODD;
        }
        int shift = leaf.scale - numbers.fractionDigits();
        int digits = (int) (behind - at);
        if (shift + digits > NumberScanner.DIGITS_MAX) {
            return RecordScanner.ODD;
        }
        long unscaled = numbers.magnitude() * Digits.power(shift);
        if (leaf.precision <= NumberScanner.DIGITS_MAX && unscaled >= Digits.power(leaf.precision)) {
            return RecordScanner.ODD;
        }
        long value = numbers.value() < 0 ? -unscaled : unscaled;
        leaf.target().appendDecimal(value, value >> 63);
        return behind;
    }

    private long scanBoolean(Leaf leaf, long at) {
        boolean isTrue = Memory.getInt(at) == TRUE;
        boolean isFalse = Memory.getByte(at) == 'f' && Memory.getInt(at + 1) == ALSE;
        long behind = at + (isTrue ? 4 : 5);
        if ((!isTrue && !isFalse) || !JsonSkip.isDelimiter(Memory.getByte(behind))) {
            return RecordScanner.ODD;
        }
        leaf.target().appendBoolean(isTrue);
        passed = leaf.passes(isTrue ? 1 : 0);
        return behind;
    }

    private long scanTimestamp(Leaf leaf, long at, boolean withZone) {
        if (Memory.getByte(at) != '"') {
            return RecordScanner.ODD;
        }
        return quoted(leaf, timestamps.timestamp(at + 1, withZone, leaf.unitsPerMilli), 1);
    }

    private long scanDate(Leaf leaf, long at) {
        if (Memory.getByte(at) != '"') {
            return RecordScanner.ODD;
        }
        return quoted(leaf, timestamps.date(at + 1), 1);
    }

    private long scanTime(Leaf leaf, long at) {
        if (Memory.getByte(at) != '"') {
            return RecordScanner.ODD;
        }
        return quoted(leaf, timestamps.time(at + 1), 1_000_000);
    }

    private long quoted(Leaf leaf, long behind, long unit) {
        if (behind == RecordScanner.ODD || Memory.getByte(behind) != '"') {
            return RecordScanner.ODD;
        }
        long value = timestamps.value();
        if (unit == 1 && leaf.kind != TypeKind.DATE) {
            leaf.target().appendLong(value);
        } else {
            leaf.target().appendInt((int) (value / unit));
        }
        return behind + 1;
    }

    private long scanText(Leaf leaf, long at, long end) {
        if (Memory.getByte(at) != '"' || at >= end) {
            return RecordScanner.ODD;
        }
        long from = at + 1;
        int most = (int) (end - from);
        ColumnBuilder target = leaf.target();
        long to = target.reserveBytes(most);
        long seen = 0;
        for (int i = 0; i < most; i += 8) {
            long word = Memory.getLong(from + i);
            Memory.putLong(to + i, word);
            long marks = Digits.zeros(word ^ QUOTES) | Digits.zeros(word ^ BACKSLASHES);
            if (marks != 0) {
                int length = i + Digits.first(marks);
                // Bits of bytes behind the text do no harm: they only cause a check that was not needed
                return endText(leaf, from, length, end, to, (seen | word) & Digits.HIGH);
            }
            seen |= word;
        }
        return RecordScanner.ODD;
    }

    private long endText(Leaf leaf, long from, int plain, long end, long to, long notAscii) {
        long behind = from + plain + 1;
        int length = plain;
        if (Memory.getByte(from + plain) == '\\') {
            behind = unescape(from, plain, end, to);
            if (behind == RecordScanner.ODD) {
                return RecordScanner.ODD;
            }
            length = unescapedLength;
            notAscii = 1;
        }
        if (behind > end || (notAscii != 0 && !Utf8.isValid(to, length))) {
            return RecordScanner.ODD;
        }
        if (leaf.tests.length > 0) {
            passed = leaf.passes(to, length);
        }
        leaf.target().commitBytes(length);
        return behind;
    }

    /** Goes on with a text from its first escape to its end. What is written is never longer than what was read. */
    private long unescape(long from, int plain, long end, long to) {
        long at = from + plain;
        long out = to + plain;
        while (at < end) {
            byte character = Memory.getByte(at++);
            if (character == '"') {
                unescapedLength = (int) (out - to);
                return at;
            }
            if (character != '\\') {
                Memory.putByte(out++, character);
                continue;
            }
            byte escape = Memory.getByte(at++);
            if (escape == 'u') {
                int code = hex(at);
                at += 4;
                if (Character.isHighSurrogate((char) code) && Memory.getShort(at) == ('\\' | 'u' << 8)) {
                    int low = hex(at + 2);
                    code = low >= 0 && Character.isLowSurrogate((char) low)
                            ? Character.toCodePoint((char) code, (char) low)
                            : -1;
                    at += 6;
                }
                if (code < 0 || (code >= 0xD800 && code < 0xE000)) {
                    return RecordScanner.ODD;
                }
                out += Utf8.put(out, code);
            } else {
                int index = "\"\\/bfnrt".indexOf(escape);
                if (index < 0) {
                    return RecordScanner.ODD;
                }
                Memory.putByte(out++, (byte) "\"\\/\b\f\n\r\t".charAt(index));
            }
        }
        return RecordScanner.ODD;
    }

    /** Four hexadecimal digits; negative if they are not. */
    private static int hex(long at) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            code = code << 4 | Character.digit(Memory.getByte(at + i), 16);
        }
        return code;
    }
}
