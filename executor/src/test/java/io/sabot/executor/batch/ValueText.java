package io.sabot.executor.batch;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * How a value is written in a text table.
 *
 * <ul>
 *   <li>{@code NULL}; numbers, {@code true} and {@code false} as in SQL; byte strings in hexadecimal
 *   <li>texts as they are, between quotes when they are empty, are the word NULL, have blanks at an end or one of {@code
 *       | , ' ( ) [ ] { } =}
 *   <li>{@code 2024-01-31}, {@code 10:00:00}, {@code 2024-01-31 10:00:00.250} (with {@code Z} behind it for TIMESTAMP_LTZ, in
 *       UTC); read are also {@code 10:00} for a time of day on 1970-01-01 and a whole number for milliseconds
 *   <li>intervals as a number of milliseconds or months
 *   <li>{@code (1, a)} for a row, {@code [1, 2]} for an array, {@code {a=1, b=2}} for maps and multisets
 * </ul>
 */
public final class ValueText {
    private static final String SPECIAL = "|,'()[]{}=";

    private ValueText() {}

    /** Parts between separators, stripped; separators in quotes and brackets do not count. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && "([{".indexOf(c) >= 0) {
                depth++;
            } else if (!quoted && ")]}".indexOf(c) >= 0) {
                depth--;
            } else if (!quoted && depth == 0 && c == separator) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }

    /** Appends one value to a column. */
    public static void append(ColumnBuilder column, DataType type, String text) {
        if (text.equals("NULL")) {
            column.appendNull();
        } else if (type instanceof AtomicType atomic) {
            appendAtomic(column, atomic, unquote(text));
        } else if (type instanceof RowType row) {
            List<String> parts = inside(text, '(', ')');
            for (int i = 0; i < row.fields().size(); i++) {
                append(column.child(i), row.fields().get(i).type(), parts.get(i));
            }
            column.appendStruct();
        } else if (type instanceof ArrayType array) {
            inside(text, '[', ']').forEach(part -> append(column.child(0), array.element(), part));
            column.appendList();
        } else if (type instanceof MapType map) {
            appendEntries(column, map.key(), map.value(), text);
        } else {
            appendEntries(column, ((MultisetType) type).element(), AtomicType.INT, text);
        }
    }

    private static void appendEntries(ColumnBuilder column, DataType key, DataType value, String text) {
        for (String entry : inside(text, '{', '}')) {
            List<String> parts = split(entry, '=');
            append(column.child(0).child(0), key, parts.get(0));
            append(column.child(0).child(1), value, parts.get(1));
            column.child(0).appendStruct();
        }
        column.appendList();
    }

    private static List<String> inside(String text, char open, char close) {
        if (text.length() < 2 || text.charAt(0) != open || text.charAt(text.length() - 1) != close) {
            throw new IllegalArgumentException("'" + text + "' is not between " + open + " and " + close);
        }
        String body = text.substring(1, text.length() - 1).strip();
        return body.isEmpty() ? List.of() : split(body, ',');
    }

    private static String unquote(String text) {
        return text.startsWith("'") ? text.substring(1, text.length() - 1).replace("''", "'") : text;
    }

    private static void appendAtomic(ColumnBuilder column, AtomicType type, String text) {
        switch (type.kind()) {
            case BOOLEAN -> column.appendBoolean(Boolean.parseBoolean(text));
            case TINYINT -> column.appendByte(Byte.parseByte(text));
            case SMALLINT -> column.appendShort(Short.parseShort(text));
            case INT, INTERVAL_YEAR_MONTH -> column.appendInt(Integer.parseInt(text));
            case BIGINT, INTERVAL_DAY_TIME -> column.appendLong(Long.parseLong(text));
            case FLOAT -> column.appendFloat(Float.parseFloat(text));
            case DOUBLE -> column.appendDouble(Double.parseDouble(text));
            case DECIMAL -> column.appendDecimal(new BigDecimal(text).setScale(type.scale(), RoundingMode.UNNECESSARY));
            case CHAR, VARCHAR -> column.appendText(text);
            case BINARY, VARBINARY -> {
                byte[] bytes = HexFormat.of().parseHex(text);
                column.appendBytes(bytes, 0, bytes.length);
            }
            case DATE -> column.appendInt((int) LocalDate.parse(text).toEpochDay());
            case TIME -> column.appendInt((int) (LocalTime.parse(text).toNanoOfDay() / 1_000_000));
            case TIMESTAMP, TIMESTAMP_LTZ -> column.appendLong(timestamp(text, type.precision()));
            case NULL -> column.appendNull();
        }
    }

    private static long timestamp(String text, int precision) {
        long units = Storage.unitsPerMilli(precision);
        if (text.matches("-?\\d+")) {
            return Long.parseLong(text) * units;
        }
        String plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
        LocalDateTime time = plain.indexOf('-') < 0
                ? LocalDate.EPOCH.atTime(LocalTime.parse(plain))
                : plain.length() == 10
                        ? LocalDate.parse(plain).atStartOfDay()
                        : LocalDateTime.parse(plain.replace(' ', 'T'));
        return time.toEpochSecond(ZoneOffset.UTC) * 1000 * units
                + time.get(ChronoField.NANO_OF_SECOND) / (1_000_000 / units);
    }

    /** The text of one value of a vector. */
    public static String text(FieldVector vector, int row, DataType type) {
        Column column = new Column(vector);
        if (vector.isNull(row)) {
            return "NULL";
        }
        if (type instanceof AtomicType atomic) {
            return atomic(column, row, atomic);
        }
        if (type instanceof RowType rowType) {
            StringJoiner joiner = new StringJoiner(", ", "(", ")");
            List<FieldVector> children = ((StructVector) vector).getChildrenFromFields();
            for (int i = 0; i < children.size(); i++) {
                Field field = rowType.fields().get(i);
                joiner.add(text(children.get(i), row, field.type()));
            }
            return joiner.toString();
        }
        ListVector list = (ListVector) vector;
        int end = list.getElementEndIndex(row);
        if (type instanceof ArrayType array) {
            StringJoiner joiner = new StringJoiner(", ", "[", "]");
            for (int i = list.getElementStartIndex(row); i < end; i++) {
                joiner.add(text(list.getDataVector(), i, array.element()));
            }
            return joiner.toString();
        }
        DataType key = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
        DataType value = type instanceof MapType map ? map.value() : AtomicType.INT;
        List<FieldVector> entries = ((StructVector) list.getDataVector()).getChildrenFromFields();
        StringJoiner joiner = new StringJoiner(", ", "{", "}");
        for (int i = list.getElementStartIndex(row); i < end; i++) {
            joiner.add(text(entries.get(0), i, key) + "=" + text(entries.get(1), i, value));
        }
        return joiner.toString();
    }

    private static String atomic(Column column, int row, AtomicType type) {
        return switch (type.kind()) {
            case BOOLEAN -> String.valueOf(column.getBoolean(row));
            case TINYINT -> String.valueOf(Memory.getByte(column.values() + row));
            case SMALLINT -> String.valueOf(Memory.getShort(column.values() + 2L * row));
            case INT, INTERVAL_YEAR_MONTH -> String.valueOf(column.getInt(row));
            case BIGINT, INTERVAL_DAY_TIME -> String.valueOf(column.getLong(row));
            case FLOAT -> String.valueOf(Memory.getFloat(column.values() + 4L * row));
            case DOUBLE -> String.valueOf(Memory.getDouble(column.values() + 8L * row));
            case DECIMAL -> decimal(column.values() + 16L * row, type.scale());
            case CHAR, VARCHAR -> quote(new String(bytes(column, row), StandardCharsets.UTF_8));
            case BINARY, VARBINARY -> HexFormat.of().formatHex(bytes(column, row));
            case DATE -> LocalDate.ofEpochDay(column.getInt(row)).toString();
            case TIME ->
                seconds(LocalTime.ofNanoOfDay(column.getInt(row) * 1_000_000L).toString(), 8);
            case TIMESTAMP -> timestamp(column.getLong(row), type.precision());
            case TIMESTAMP_LTZ -> timestamp(column.getLong(row), type.precision()) + "Z";
            case NULL -> "NULL";
        };
    }

    private static byte[] bytes(Column column, int row) {
        byte[] bytes = new byte[column.length(row)];
        Memory.copy(column.start(row), bytes, 0, bytes.length);
        return bytes;
    }

    private static String decimal(long address, int scale) {
        BigInteger low = new BigInteger(Long.toUnsignedString(Memory.getLong(address)));
        BigInteger high = BigInteger.valueOf(Memory.getLong(address + 8));
        return new BigDecimal(high.shiftLeft(64).add(low), scale).toPlainString();
    }

    private static String timestamp(long value, int precision) {
        long perSecond = Storage.unitsPerMilli(precision) * 1000;
        int nanos = (int) (Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC);
        return time.toLocalDate() + " " + seconds(time.toLocalTime().toString(), 8);
    }

    /** {@code LocalTime} leaves seconds out that are zero. */
    private static String seconds(String time, int length) {
        return time.length() < length ? time + ":00" : time;
    }

    private static String quote(String text) {
        boolean plain = !text.isEmpty()
                && !text.equals("NULL")
                && text.equals(text.strip())
                && text.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }
}
