package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values from texts and texts from values. */
final class CastKernels {
    private static final byte[] TRUE = {'T', 'R', 'U', 'E'};
    private static final byte[] FALSE = {'F', 'A', 'L', 'S', 'E'};

    private CastKernels() {}

    /** Sets the result of a row from a text; false when the text is no value of the type. */
    @FunctionalInterface
    private interface Parser {
        boolean parse(Rows rows, int row, long address, int length);
    }

    /** Reads texts; those that are no value of the type fail, or are NULL when {@code lenient}. Null for unknown types. */
    static @Nullable Kernel parse(AtomicType type, boolean lenient) {
        Parser parser = parser(type);
        boolean time = type.kind().isTimestamp() || type.kind() == TypeKind.DATE || type.kind() == TypeKind.TIME;
        boolean trimmed = type.kind() != TypeKind.BOOLEAN && !type.kind().isTimestamp(); // as in Flink
        return parser == null
                ? null
                : (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        if (rows.isNull(i)) {
                            continue;
                        }
                        long start = arguments[0].low(i);
                        long end = start + arguments[0].high(i);
                        while (trimmed && start < end && isBlank(start)) {
                            start++;
                        }
                        while (trimmed && start < end && isBlank(end - 1)) {
                            end--;
                        }
                        if (!parser.parse(rows, i, start, (int) (end - start))) {
                            if (!lenient) {
                                throw new RowException(
                                        time ? ErrorCode.INVALID_DATETIME : ErrorCode.INVALID_CAST,
                                        "cannot cast " + ValueTexts.text(arguments[0], i, AtomicType.STRING) + " to "
                                                + type.name(),
                                        i);
                            }
                            rows.setNull(i);
                        }
                    }
                };
    }

    private static boolean isBlank(long address) {
        byte c = Memory.getByte(address);
        return c >= 0 && c <= ' ';
    }

    private static @Nullable Parser parser(AtomicType type) {
        return switch (type.kind()) {
            case BOOLEAN -> CastKernels::parseBoolean;
            case TINYINT -> integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> integer(Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (rows, row, address, length) -> parseDouble(rows, row, address, length, true);
            case DOUBLE -> (rows, row, address, length) -> parseDouble(rows, row, address, length, false);
            case DECIMAL -> decimal(new Digits(type.precision(), type.scale()));
            case DATE -> (rows, row, address, length) -> put(rows, row, TimeText.date(address, length));
            case TIME -> (rows, row, address, length) -> put(rows, row, TimeText.time(address, length));
            case TIMESTAMP, TIMESTAMP_LTZ -> timestamp(type);
            default -> null;
        };
    }

    private static boolean put(Rows rows, int row, long value) {
        rows.putLong(row, value);
        return value != TimeText.INVALID;
    }

    private static Parser timestamp(AtomicType type) {
        long units = Storage.unitsPerMilli(type.precision());
        long step = Coercion.cut(type.precision());
        boolean instant = type.kind() == TypeKind.TIMESTAMP_LTZ;
        return (rows, row, address, length) -> {
            long time = TimeText.timestamp(address, length, units);
            if (time != TimeText.INVALID) {
                time -= Math.floorMod(time, step);
            }
            if (time != TimeText.INVALID && instant) {
                long millis = Math.floorDiv(time, units);
                time += (new Zone(rows.context().zone()).toUtc(millis) - millis) * units;
            }
            return put(rows, row, time);
        };
    }

    private static boolean parseBoolean(Rows rows, int row, long address, int length) {
        if (length == 0 || length > 5) {
            return false;
        }
        return switch (ValueTexts.string(address, length).toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "1" -> {
                rows.putBoolean(row, true);
                yield true;
            }
            case "f", "false", "n", "no", "0" -> {
                rows.putBoolean(row, false);
                yield true;
            }
            default -> false;
        };
    }

    /** Digits with a sign; a fraction is read and dropped. */
    private static Parser integer(long least, long most) {
        return (rows, row, address, length) -> {
            int at = 0;
            boolean negative = length > 0 && Memory.getByte(address) == '-';
            if (negative || (length > 0 && Memory.getByte(address) == '+')) {
                at++;
            }
            int digits = 0;
            long value = 0;
            for (; at < length; at++, digits++) {
                int digit = Memory.getByte(address + at) - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                // Counts downwards, since there is one more negative number.
                long next = value * 10 - digit;
                if (value < Long.MIN_VALUE / 10 || next > 0) {
                    return false;
                }
                value = next;
            }
            if (at < length && Memory.getByte(address + at) == '.') {
                for (at++; at < length; at++, digits++) {
                    int digit = Memory.getByte(address + at) - '0';
                    if (digit < 0 || digit > 9) {
                        return false;
                    }
                }
            }
            if (digits == 0 || at < length || (!negative && value == Long.MIN_VALUE)) {
                return false;
            }
            long result = negative ? value : -value;
            rows.putLong(row, result);
            return result >= least && result <= most;
        };
    }

    private static boolean parseDouble(Rows rows, int row, long address, int length, boolean single) {
        try {
            String text = ValueTexts.string(address, length);
            rows.putDouble(row, single ? Float.parseFloat(text) : Double.parseDouble(text));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Parser decimal(Digits digits) {
        return (rows, row, address, length) -> {
            try {
                BigDecimal number = new BigDecimal(ValueTexts.string(address, length));
                DecimalKernels.put(rows, row, number, digits);
                return digits.unscaled(number) != null;
            } catch (NumberFormatException e) {
                return false;
            }
        };
    }

    /** Cuts texts to the length of a type, and fills CHAR with blanks and BINARY with zeros. */
    static Kernel bytes(AtomicType type) {
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                rows.putText(i, arguments[0].low(i), arguments[0].high(i));
            }
            fit(rows, type);
        };
    }

    private static void fit(Rows rows, AtomicType type) {
        if (type.precision() == AtomicType.MAX_LENGTH) {
            return;
        }
        boolean text = type.kind().isText();
        boolean fixed = type.kind() == TypeKind.CHAR || type.kind() == TypeKind.BINARY;
        int wanted = type.precision();
        Value value = Value.column(Lane.TEXT, rows.out(), 0);
        for (int i = 0; i < rows.count(); i++) {
            if (rows.isNull(i)) {
                continue;
            }
            long address = value.low(i);
            int bytes = (int) value.high(i);
            int kept = text ? Bytes.prefix(address, bytes, wanted) : Math.min(bytes, wanted);
            int missing = fixed && kept == bytes ? wanted - (text ? Bytes.characters(address, bytes) : bytes) : 0;
            if (missing > 0) {
                long padded = rows.arena().allocate(ColumnLimit.value(bytes + (long) missing));
                Bytes.copy(address, padded, bytes);
                Memory.fill(padded + bytes, missing, (byte) (text ? ' ' : 0));
                address = padded;
                kept = bytes + missing;
            }
            rows.putText(i, address, kept);
        }
    }

    /** Writes one value at an address with room for {@link #ROOM} bytes; returns the address behind it. */
    @FunctionalInterface
    private interface Printer {
        long print(Rows rows, Value value, int row, long at);
    }

    private static final int ROOM = 64;

    /** Values as texts. */
    private static Kernel print(AtomicType from, AtomicType to) {
        Printer printer = printer(from);
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    long at = rows.arena().reserve(ROOM);
                    long end = printer.print(rows, arguments[0], i, at);
                    rows.arena().commit(end - at);
                    rows.putText(i, at, end - at);
                }
            }
            fit(rows, to);
        };
    }

    /** Arrays, maps and rows as texts. */
    static Kernel print(DataType from, AtomicType to) {
        if (from instanceof AtomicType atomic) {
            return print(atomic, to);
        }
        return (rows, arguments) -> {
            for (int i = 0; i < rows.count(); i++) {
                if (!rows.isNull(i)) {
                    String text = BoxText.of(Boxes.read(arguments[0], i, from), from, rows.context());
                    rows.putText(i, text.getBytes(StandardCharsets.UTF_8));
                }
            }
            fit(rows, to);
        };
    }

    private static Printer printer(AtomicType type) {
        Lane lane = Lane.of(type);
        long units = Storage.unitsPerMilli(type.precision());
        return switch (type.kind()) {
            case BOOLEAN -> (rows, value, row, at) -> put(at, value.getBoolean(row) ? TRUE : FALSE);
            case TINYINT, SMALLINT, INT, BIGINT -> (rows, value, row, at) -> putLong(at, value.getLong(row));
            case FLOAT -> (rows, value, row, at) -> put(at, Float.toString((float) value.getDouble(row)));
            case DOUBLE -> (rows, value, row, at) -> put(at, Double.toString(value.getDouble(row)));
            case DECIMAL ->
                (rows, value, row, at) -> put(
                        at,
                        DecimalKernels.number(value, row, lane, type.scale()).toPlainString());
            case DATE -> (rows, value, row, at) -> TimeText.putDate(at, value.getLong(row));
            case TIME ->
                (rows, value, row, at) -> TimeText.withoutZeros(
                        TimeText.putTime(at, value.getLong(row) * 1_000_000, Math.min(3, type.precision())),
                        Math.min(3, type.precision()));
            case TIMESTAMP ->
                (rows, value, row, at) -> TimeText.putTimestamp(at, value.getLong(row), units, type.precision());
            case TIMESTAMP_LTZ ->
                (rows, value, row, at) -> {
                    long time = value.getLong(row);
                    long offset = new Zone(rows.context().zone()).offset(Math.floorDiv(time, units));
                    return TimeText.putTimestamp(at, time + offset * units, units, type.precision());
                };
            case INTERVAL_DAY_TIME -> (rows, value, row, at) -> put(at, interval(value.getLong(row)));
            case INTERVAL_YEAR_MONTH -> (rows, value, row, at) -> put(at, months(value.getLong(row)));
            case CHAR, VARCHAR, BINARY, VARBINARY, NULL -> throw new AssertionError(type);
        };
    }

    /** An interval of months, {@code +1-02}. */
    static String months(long months) {
        return (months < 0 ? "-" : "+")
                + Math.abs(months) / 12
                + "-"
                + String.format(Locale.ROOT, "%02d", Math.abs(months) % 12);
    }

    /** An interval of milliseconds, {@code +1 02:03:04.567}. */
    static String interval(long millis) {
        long rest = Math.abs(millis);
        return String.format(
                Locale.ROOT,
                "%s%d %02d:%02d:%02d.%03d",
                millis < 0 ? "-" : "+",
                rest / 86_400_000,
                rest / 3_600_000 % 24,
                rest / 60_000 % 60,
                rest / 1000 % 60,
                rest % 1000);
    }

    private static long put(long at, byte[] bytes) {
        Memory.copy(bytes, 0, at, bytes.length);
        return at + bytes.length;
    }

    private static long put(long at, String text) {
        return put(at, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static long putLong(long at, long value) {
        if (value == Long.MIN_VALUE) {
            return put(at, "-9223372036854775808");
        }
        long next = at;
        if (value < 0) {
            Memory.putByte(next++, (byte) '-');
        }
        long magnitude = Math.abs(value);
        int digits = 1;
        while (digits < 19 && magnitude >= Digits.power(digits)) {
            digits++;
        }
        return TimeText.put(next, magnitude, digits);
    }
}
