package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Single values as Java objects, for functions that work row by row. The classes are those of Calcite's runtime: numbers
 * boxed by their width, {@code String}, {@code ByteString}, {@code Integer} days and milliseconds of a day, {@code Long}
 * for timestamps, {@code List}, {@code Map} and {@code Object[]}. Timestamps are in the units of their type, milliseconds
 * up to TIMESTAMP(3): what works on milliseconds must refuse {@link LoopRows#losesDigits} types.
 */
final class Boxes {
    private Boxes() {}

    /** The value of a row; null for NULL. */
    static @Nullable Object read(Value value, int row, DataType type) {
        if (value.isNull(row)) {
            return null;
        }
        FieldVector vector = value.vector;
        if (vector != null) {
            int[] rows = value.rows;
            return read(vector, rows == null ? row : rows[row], type);
        }
        AtomicType atomic = (AtomicType) type;
        return switch (atomic.kind()) {
            case BOOLEAN -> value.getBoolean(row);
            case FLOAT -> (float) value.getDouble(row);
            case DOUBLE -> value.getDouble(row);
            case DECIMAL -> DecimalKernels.number(value, row, Lane.of(type), atomic.scale());
            case CHAR, VARCHAR -> ValueTexts.string(value, row);
            case BINARY, VARBINARY -> new ByteString(bytes(value.low(row), (int) value.high(row)));
            case NULL -> null;
            default -> integer(value.getLong(row), atomic);
        };
    }

    private static Object integer(long value, AtomicType type) {
        return switch (type.kind()) {
            case TINYINT -> (byte) value;
            case SMALLINT -> (short) value;
            case BIGINT, INTERVAL_DAY_TIME, TIMESTAMP, TIMESTAMP_LTZ -> value;
            default -> (int) value;
        };
    }

    private static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }

    /** A value of a vector; null for NULL. */
    static @Nullable Object read(FieldVector vector, int row, DataType type) {
        Column column = new Column(vector);
        if (vector.isNull(row)) {
            return null;
        }
        if (type instanceof AtomicType atomic) {
            return atomic(column, row, atomic);
        }
        if (type instanceof RowType rowType) {
            List<FieldVector> children = ((StructVector) vector).getChildrenFromFields();
            @Nullable Object[] fields = new Object[children.size()];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = read(children.get(i), row, rowType.fields().get(i).type());
            }
            return fields;
        }
        ListVector list = (ListVector) vector;
        int start = list.getElementStartIndex(row);
        int end = list.getElementEndIndex(row);
        if (type instanceof ArrayType array) {
            List<@Nullable Object> elements = new ArrayList<>(end - start);
            for (int i = start; i < end; i++) {
                elements.add(read(list.getDataVector(), i, array.element()));
            }
            return elements;
        }
        List<FieldVector> entries = ((StructVector) list.getDataVector()).getChildrenFromFields();
        if (type instanceof MapType map) {
            Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
            for (int i = start; i < end; i++) {
                result.put(read(entries.get(0), i, map.key()), read(entries.get(1), i, map.value()));
            }
            return result;
        }
        List<@Nullable Object> bag = new ArrayList<>();
        for (int i = start; i < end; i++) {
            Object element = read(entries.get(0), i, ((MultisetType) type).element());
            bag.addAll(Collections.nCopies(new Column(entries.get(1)).getInt(i), element));
        }
        return bag;
    }

    private static @Nullable Object atomic(Column column, int row, AtomicType type) {
        return switch (Storage.of(type)) {
            case BITMAP -> column.getBoolean(row);
            case INT8 -> Memory.getByte(column.values() + row);
            case INT16 -> Memory.getShort(column.values() + 2L * row);
            case INT32 -> column.getInt(row);
            case INT64 -> integer(column.getLong(row), type);
            case FLOAT32 -> Memory.getFloat(column.values() + 4L * row);
            case FLOAT64 -> Memory.getDouble(column.values() + 8L * row);
            case DECIMAL128 -> {
                long at = column.values() + 16L * row;
                BigInteger low = new BigInteger(Long.toUnsignedString(Memory.getLong(at)));
                BigInteger high = BigInteger.valueOf(Memory.getLong(at + 8));
                yield new BigDecimal(high.shiftLeft(64).add(low), type.scale());
            }
            case BYTES ->
                type.kind().isText()
                        ? ValueTexts.string(column.start(row), column.length(row))
                        : new ByteString(bytes(column.start(row), column.length(row)));
            case STRUCT, LIST, MAP, NULL -> null;
        };
    }

    /** Whether two values are the same, value by value; {@code Object[]} knows no equality of its own. */
    static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Object[] x && b instanceof Object[] y) {
            return equal(Arrays.asList(x), Arrays.asList(y));
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            boolean same = x.size() == y.size();
            for (int i = 0; same && i < x.size(); i++) {
                same = equal(x.get(i), y.get(i));
            }
            return same;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.entrySet().stream()
                            .allMatch(entry ->
                                    y.containsKey(entry.getKey()) && equal(entry.getValue(), y.get(entry.getKey())));
        }
        return Objects.equals(a, b);
    }

    /** Sets the result of a row; null stands for NULL. Rows of nested results come in their order. */
    static void write(Rows rows, int row, DataType type, @Nullable Object object) {
        if (rows.lane() == Lane.NESTED) {
            append(rows.nestedResult(type), type, object);
            return;
        }
        if (object == null) {
            rows.setNull(row);
            return;
        }
        AtomicType atomic = (AtomicType) type;
        switch (rows.lane()) {
            case BOOLEAN -> rows.putBoolean(row, (Boolean) object);
            case DOUBLE -> rows.putDouble(row, ((Number) object).doubleValue());
            case TEXT -> rows.putText(row, bytes(object));
            case LONG, DECIMAL -> {
                Digits digits = Digits.of(type);
                if (digits != null
                        && object instanceof BigDecimal number
                        && !atomic.kind().isInteger()) {
                    DecimalKernels.put(rows, row, number, digits);
                } else {
                    rows.putLong(row, ((Number) object).longValue());
                }
            }
            case NESTED -> throw new AssertionError(type);
        }
    }

    private static byte[] bytes(Object object) {
        return object instanceof ByteString binary
                ? binary.getBytes()
                : object.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Appends an object to a column. */
    static void append(ColumnBuilder column, DataType type, @Nullable Object object) {
        if (object == null) {
            column.appendNull();
        } else if (type instanceof AtomicType atomic) {
            appendAtomic(column, atomic, object);
        } else if (type instanceof RowType row) {
            Object[] fields = object instanceof List<?> list ? list.toArray() : (Object[]) object;
            for (int i = 0; i < fields.length; i++) {
                append(column.child(i), row.fields().get(i).type(), fields[i]);
            }
            column.appendStruct();
        } else if (type instanceof ArrayType array) {
            for (Object element : (List<?>) object) {
                append(column.child(0), array.element(), element);
            }
            column.appendList();
        } else {
            appendEntries(column, type, object);
        }
    }

    private static void appendEntries(ColumnBuilder column, DataType type, Object object) {
        DataType key = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
        DataType value = type instanceof MapType map ? map.value() : AtomicType.INT;
        for (Map.Entry<?, ?> entry : entries(object).entrySet()) {
            append(column.child(0).child(0), key, entry.getKey());
            append(column.child(0).child(1), value, entry.getValue());
            column.child(0).appendStruct();
        }
        column.appendList();
    }

    private static Map<?, ?> entries(Object object) {
        if (object instanceof Map<?, ?> map) {
            return map;
        }
        Map<@Nullable Object, Integer> counts = new LinkedHashMap<>();
        for (Object element : (List<?>) object) {
            counts.merge(element, 1, Integer::sum);
        }
        return counts;
    }

    private static void appendAtomic(ColumnBuilder column, AtomicType type, Object object) {
        switch (Storage.of(type)) {
            case BITMAP -> column.appendBoolean((Boolean) object);
            case INT8 -> column.appendByte(((Number) object).byteValue());
            case INT16 -> column.appendShort(((Number) object).shortValue());
            case INT32 -> column.appendInt(((Number) object).intValue());
            case INT64 -> column.appendLong(((Number) object).longValue());
            case FLOAT32 -> column.appendFloat(((Number) object).floatValue());
            case FLOAT64 -> column.appendDouble(((Number) object).doubleValue());
            case DECIMAL128 -> {
                BigInteger unscaled = new Digits(type.precision(), type.scale()).unscaled((BigDecimal) object);
                if (unscaled == null) {
                    column.appendNull();
                } else {
                    column.appendDecimal(
                            unscaled.longValue(), unscaled.shiftRight(64).longValue());
                }
            }
            case BYTES -> {
                byte[] bytes = bytes(object);
                column.appendBytes(bytes, 0, bytes.length);
            }
            case STRUCT, LIST, MAP, NULL -> column.appendNull();
        }
    }
}
