package io.sabot.executor.state;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Bytes of ROW, ARRAY, MAP and MULTISET values, value by value; not a hot path.
 *
 * <pre>
 *   element:  │ 0 │                     NULL
 *             │ 1 │ value │             fixed width; a text has its length (4) in front
 *   ROW:      element of each field
 *   ARRAY:    │ elements 4 │ element │ …        a MAP is an array of key/value rows
 * </pre>
 *
 * In keys the entries of a MAP are in order of their bytes, as maps are equal whatever their order.
 */
final class NestedValues {
    private final Storage storage;
    private final boolean canonical;
    private final boolean sorted;
    private final List<NestedValues> children = new ArrayList<>();

    NestedValues(DataType type, boolean canonical) {
        this.storage = Storage.of(type);
        this.canonical = canonical;
        this.sorted = canonical && (type instanceof MapType || type instanceof MultisetType);
        childTypes(type).forEach(child -> children.add(new NestedValues(child, canonical)));
    }

    private static List<DataType> childTypes(DataType type) {
        if (type instanceof RowType row) {
            return row.fields().stream().map(Field::type).toList();
        }
        if (type instanceof ArrayType array) {
            return List.of(array.element());
        }
        if (type instanceof MapType map) {
            return List.of(entryType(map.key(), map.value()));
        }
        if (type instanceof MultisetType multiset) {
            return List.of(entryType(multiset.element(), AtomicType.INT));
        }
        return List.of();
    }

    private static RowType entryType(DataType key, DataType value) {
        return new RowType(List.of(new Field("key", key), new Field("value", value)), false);
    }

    /** Bytes of a value that is not NULL, without the mark of an element. */
    int length(FieldVector vector, int row) {
        return switch (storage) {
            case BITMAP -> 1;
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL128 -> storage.width();
            case NULL -> 0;
            case BYTES -> ColumnLimit.value(4L + textLength(vector, row));
            case STRUCT -> {
                long sum = 0;
                for (int c = 0; c < children.size(); c++) {
                    sum += children.get(c)
                            .elementLength((FieldVector) ((StructVector) vector).getChildByOrdinal(c), row);
                }
                yield ColumnLimit.value(sum);
            }
            case LIST, MAP -> {
                ListVector list = (ListVector) vector;
                long sum = 4;
                for (int e = list.getElementStartIndex(row); e < list.getElementEndIndex(row); e++) {
                    sum += children.get(0).elementLength(list.getDataVector(), e);
                }
                yield ColumnLimit.value(sum);
            }
        };
    }

    private int elementLength(FieldVector vector, int row) {
        return isNull(vector, row) ? 1 : 1 + length(vector, row);
    }

    private boolean isNull(FieldVector vector, int row) {
        return storage == Storage.NULL || vector.isNull(row);
    }

    private static int textLength(FieldVector vector, int row) {
        long offsets = vector.getOffsetBufferAddress() + row * 4L;
        return Memory.getInt(offsets + 4) - Memory.getInt(offsets);
    }

    /** Writes a value that is not NULL. Returns the address behind it. */
    long put(FieldVector vector, int row, long to) {
        return switch (storage) {
            case BITMAP -> {
                Memory.putByte(to, (byte) (Memory.getBit(vector.getDataBufferAddress(), row) ? 1 : 0));
                yield to + 1;
            }
            case INT8, INT16, INT32, INT64, DECIMAL128 -> {
                int width = storage.width();
                Memory.copy(vector.getDataBufferAddress() + (long) row * width, to, width);
                yield to + width;
            }
            case FLOAT32 -> {
                KeyEncoder.putFloat(Memory.getFloat(vector.getDataBufferAddress() + row * 4L), to, canonical);
                yield to + 4;
            }
            case FLOAT64 -> {
                KeyEncoder.putDouble(Memory.getDouble(vector.getDataBufferAddress() + row * 8L), to, canonical);
                yield to + 8;
            }
            case NULL -> to;
            case BYTES -> {
                int length = textLength(vector, row);
                Memory.putInt(to, length);
                long from = vector.getDataBufferAddress() + Memory.getInt(vector.getOffsetBufferAddress() + row * 4L);
                Memory.copy(from, to + 4, length);
                yield to + 4 + length;
            }
            case STRUCT -> {
                long at = to;
                for (int c = 0; c < children.size(); c++) {
                    at = children.get(c)
                            .putElement((FieldVector) ((StructVector) vector).getChildByOrdinal(c), row, at);
                }
                yield at;
            }
            case LIST, MAP -> {
                ListVector list = (ListVector) vector;
                int first = list.getElementStartIndex(row);
                int end = list.getElementEndIndex(row);
                Memory.putInt(to, end - first);
                if (sorted && end - first > 1) {
                    yield putSorted(list.getDataVector(), first, end, to + 4);
                }
                long at = to + 4;
                for (int e = first; e < end; e++) {
                    at = children.get(0).putElement(list.getDataVector(), e, at);
                }
                yield at;
            }
        };
    }

    private long putSorted(FieldVector entries, int first, int end, long to) {
        byte[][] encoded = new byte[end - first][];
        for (int e = first; e < end; e++) {
            long behind = children.get(0).putElement(entries, e, to);
            encoded[e - first] = new byte[(int) (behind - to)];
            Memory.copy(to, encoded[e - first], 0, encoded[e - first].length);
        }
        Arrays.sort(encoded, Arrays::compareUnsigned);
        long at = to;
        for (byte[] entry : encoded) {
            Memory.copy(entry, 0, at, entry.length);
            at += entry.length;
        }
        return at;
    }

    private long putElement(FieldVector vector, int row, long to) {
        boolean isNull = isNull(vector, row);
        Memory.putByte(to, (byte) (isNull ? 0 : 1));
        return isNull ? to + 1 : put(vector, row, to + 1);
    }

    /** Appends the value at an address to a builder. Returns the address behind it. */
    long read(long from, ColumnBuilder builder) {
        switch (storage) {
            case BITMAP -> builder.appendBoolean(Memory.getByte(from) != 0);
            case INT8 -> builder.appendByte(Memory.getByte(from));
            case INT16 -> builder.appendShort(Memory.getShort(from));
            case INT32 -> builder.appendInt(Memory.getInt(from));
            case INT64 -> builder.appendLong(Memory.getLong(from));
            case FLOAT32 -> builder.appendFloat(Memory.getFloat(from));
            case FLOAT64 -> builder.appendDouble(Memory.getDouble(from));
            case DECIMAL128 -> builder.appendDecimal(Memory.getLong(from), Memory.getLong(from + 8));
            case NULL -> builder.appendNull();
            case BYTES -> {
                int length = Memory.getInt(from);
                builder.appendBytes(from + 4, length);
                return from + 4 + length;
            }
            case STRUCT -> {
                long at = from;
                for (int c = 0; c < children.size(); c++) {
                    at = children.get(c).readElement(at, builder.child(c));
                }
                builder.appendStruct();
                return at;
            }
            case LIST, MAP -> {
                int count = Memory.getInt(from);
                long at = from + 4;
                for (int e = 0; e < count; e++) {
                    at = children.get(0).readElement(at, builder.child(0));
                }
                builder.appendList();
                return at;
            }
        }
        return from + Math.max(0, KeyEncoder.widthOf(storage));
    }

    private long readElement(long from, ColumnBuilder builder) {
        if (Memory.getByte(from) == 0) {
            builder.appendNull();
            return from + 1;
        }
        return read(from + 1, builder);
    }
}
