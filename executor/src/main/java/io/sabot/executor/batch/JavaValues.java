package io.sabot.executor.batch;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.function.Row;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Values of vectors as the Java objects that functions of users take and give. */
public final class JavaValues {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private JavaValues() {}

    /**
     * The value of a row; null for NULL.
     *
     * @param wanted the class that it goes to, which decides where a type has several: {@code java.sql}, arrays or lists
     */
    public static @Nullable Object read(FieldVector vector, int row, DataType type, Class<?> wanted) {
        if (vector.isNull(row)) {
            return null;
        }
        if (type instanceof AtomicType atomic) {
            return atomic(new Column(vector), row, atomic, wanted);
        }
        if (type instanceof RowType rowType) {
            List<FieldVector> fields = ((StructVector) vector).getChildrenFromFields();
            Row result = new Row(fields.size());
            for (int i = 0; i < fields.size(); i++) {
                result.setField(
                        i, read(fields.get(i), row, rowType.fields().get(i).type(), Object.class));
            }
            return result;
        }
        ListVector list = (ListVector) vector;
        int start = list.getElementStartIndex(row);
        int end = list.getElementEndIndex(row);
        if (type instanceof ArrayType array) {
            return array(list, start, end, array.element(), wanted);
        }
        List<FieldVector> entries = ((StructVector) list.getDataVector()).getChildrenFromFields();
        DataType key = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
        DataType value = type instanceof MapType map ? map.value() : AtomicType.INT;
        Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = start; i < end; i++) {
            result.put(read(entries.get(0), i, key, Object.class), read(entries.get(1), i, value, Object.class));
        }
        return result;
    }

    private static Object array(ListVector list, int start, int end, DataType element, Class<?> wanted) {
        FieldVector elements = list.getDataVector();
        if (!wanted.isArray()) {
            List<@Nullable Object> result = new ArrayList<>();
            for (int i = start; i < end; i++) {
                result.add(read(elements, i, element, Object.class));
            }
            if (List.class.isAssignableFrom(wanted)) {
                return result;
            }
        }
        Class<?> component = wanted.isArray() ? wanted.getComponentType() : Object.class;
        Object result = Array.newInstance(component, end - start);
        for (int i = start; i < end; i++) {
            Object value = read(elements, i, element, component);
            if (value != null) {
                Array.set(result, i - start, value);
            }
        }
        return result;
    }

    private static @Nullable Object atomic(Column column, int row, AtomicType type, Class<?> wanted) {
        return switch (type.kind()) {
            case BOOLEAN -> column.getBoolean(row);
            case TINYINT -> Memory.getByte(column.values() + row);
            case SMALLINT -> Memory.getShort(column.values() + 2L * row);
            case INT, INTERVAL_YEAR_MONTH -> column.getInt(row);
            case BIGINT, INTERVAL_DAY_TIME -> column.getLong(row);
            case FLOAT -> Memory.getFloat(column.values() + 4L * row);
            case DOUBLE -> Memory.getDouble(column.values() + 8L * row);
            case DECIMAL -> decimal(column, row, type.scale());
            case CHAR, VARCHAR -> new String(bytes(column, row), StandardCharsets.UTF_8);
            case BINARY, VARBINARY -> bytes(column, row);
            case DATE -> {
                LocalDate date = LocalDate.ofEpochDay(column.getInt(row));
                yield wanted == java.sql.Date.class ? java.sql.Date.valueOf(date) : date;
            }
            case TIME -> {
                LocalTime time = LocalTime.ofNanoOfDay(column.getInt(row) * NANOS_PER_MILLI);
                yield wanted == java.sql.Time.class ? java.sql.Time.valueOf(time) : time;
            }
            case TIMESTAMP -> {
                LocalDateTime time = LocalDateTime.ofInstant(instant(column.getLong(row), type), ZoneOffset.UTC);
                yield wanted == java.sql.Timestamp.class ? java.sql.Timestamp.valueOf(time) : time;
            }
            case TIMESTAMP_LTZ -> instant(column.getLong(row), type);
            case NULL -> null;
        };
    }

    private static Instant instant(long value, AtomicType type) {
        long perSecond = Storage.unitsPerMilli(type.precision()) * 1_000;
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
    }

    private static long units(Instant time, AtomicType type) {
        long perSecond = Storage.unitsPerMilli(type.precision()) * 1_000;
        return Math.addExact(
                Math.multiplyExact(time.getEpochSecond(), perSecond), time.getNano() / (1_000_000_000 / perSecond));
    }

    private static BigDecimal decimal(Column column, int row, int scale) {
        long at = column.values() + 16L * row;
        BigInteger low = new BigInteger(Long.toUnsignedString(Memory.getLong(at)));
        BigInteger high = BigInteger.valueOf(Memory.getLong(at + 8));
        return new BigDecimal(high.shiftLeft(64).add(low), scale);
    }

    private static byte[] bytes(Column column, int row) {
        byte[] bytes = new byte[column.length(row)];
        Memory.copy(column.start(row), bytes, 0, bytes.length);
        return bytes;
    }

    /**
     * Appends an object to a column; null stands for NULL.
     *
     * @throws ClassCastException if it is of a class that the type has no use for
     * @throws ArithmeticException if a number does not fit
     */
    public static void append(ColumnBuilder column, DataType type, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
        } else if (type instanceof AtomicType atomic) {
            appendAtomic(column, atomic, value);
        } else if (type instanceof RowType row) {
            Row fields = (Row) value;
            for (int i = 0; i < row.fields().size(); i++) {
                append(column.child(i), row.fields().get(i).type(), fields.getField(i));
            }
            column.appendStruct();
        } else if (type instanceof ArrayType array) {
            appendElements(column.child(0), array.element(), value);
            column.appendList();
        } else {
            DataType key = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
            DataType inner = type instanceof MapType map ? map.value() : AtomicType.INT;
            ((Map<?, ?>) value).forEach((k, v) -> {
                append(column.child(0).child(0), key, k);
                append(column.child(0).child(1), inner, v);
                column.child(0).appendStruct();
            });
            column.appendList();
        }
    }

    private static void appendElements(ColumnBuilder column, DataType type, Object value) {
        if (value instanceof Iterable<?> elements) {
            elements.forEach(element -> append(column, type, element));
            return;
        }
        for (int i = 0; i < Array.getLength(value); i++) {
            append(column, type, Array.get(value, i));
        }
    }

    private static void appendAtomic(ColumnBuilder column, AtomicType type, Object value) {
        switch (type.kind()) {
            case BOOLEAN -> column.appendBoolean((Boolean) value);
            case TINYINT -> column.appendByte(((Number) value).byteValue());
            case SMALLINT -> column.appendShort(((Number) value).shortValue());
            case INT, INTERVAL_YEAR_MONTH -> column.appendInt(((Number) value).intValue());
            case BIGINT, INTERVAL_DAY_TIME -> column.appendLong(((Number) value).longValue());
            case FLOAT -> column.appendFloat(((Number) value).floatValue());
            case DOUBLE -> column.appendDouble(((Number) value).doubleValue());
            case DECIMAL -> appendDecimal(column, type, (BigDecimal) value);
            case CHAR, VARCHAR -> column.appendText((String) value);
            case BINARY, VARBINARY -> {
                byte[] bytes = (byte[]) value;
                column.appendBytes(bytes, 0, bytes.length);
            }
            case DATE -> {
                LocalDate date = value instanceof java.sql.Date sql ? sql.toLocalDate() : (LocalDate) value;
                column.appendInt(Math.toIntExact(date.toEpochDay()));
            }
            case TIME -> {
                LocalTime time = value instanceof java.sql.Time sql ? sql.toLocalTime() : (LocalTime) value;
                column.appendInt((int) (time.toNanoOfDay() / NANOS_PER_MILLI));
            }
            case TIMESTAMP -> {
                LocalDateTime time =
                        value instanceof java.sql.Timestamp sql ? sql.toLocalDateTime() : (LocalDateTime) value;
                column.appendLong(units(time.toInstant(ZoneOffset.UTC), type));
            }
            case TIMESTAMP_LTZ -> column.appendLong(units((Instant) value, type));
            case NULL -> column.appendNull();
        }
    }

    /** Rounds to the column's scale; NULL when it has too many digits, as a CAST does. */
    private static void appendDecimal(ColumnBuilder column, AtomicType type, BigDecimal value) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            column.appendNull();
        } else {
            column.appendDecimal(scaled);
        }
    }
}
