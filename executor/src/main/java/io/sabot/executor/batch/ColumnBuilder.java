package io.sabot.executor.batch;

import io.sabot.catalog.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Fills one vector from its first row to its last through raw addresses.
 *
 * <p>Each {@code append} adds one row; which of them may be called follows from the {@link Storage}. Room grows by itself.
 * {@link #finish} gives the vector away; {@link #close} frees it if that has not happened. For a STRUCT every child gets a
 * row by the caller, then {@link #appendStruct}; for a LIST or MAP the caller fills the child with the elements, then
 * calls {@link #appendList}.
 */
public final class ColumnBuilder implements AutoCloseable {
    /** Bytes behind a text that may be overwritten. */
    private static final long PADDING_BYTES = 8;

    private final FieldVector vector;
    private final Storage storage;
    private final List<ColumnBuilder> children;
    private boolean owned = true;
    private int rows;
    private int capacity;
    private long values;
    private long validity;
    private long offsets;
    private int bytes;
    private long bytesCapacity;

    /** A builder with room for {@code capacity} rows. */
    public ColumnBuilder(String name, DataType type, BufferAllocator allocator, int capacity) {
        this(Storage.arrowField(name, type).createVector(allocator), Storage.of(type), capacity);
    }

    private ColumnBuilder(FieldVector vector, Storage storage, int capacity) {
        this.vector = vector;
        this.storage = storage;
        this.children = new ArrayList<>();
        vector.setInitialCapacity(Math.max(8, capacity));
        vector.allocateNew();
        if (vector instanceof StructVector struct) {
            struct.getChildrenFromFields().forEach(child -> children.add(child(child)));
        } else if (vector instanceof ListVector list) {
            FieldVector data = list.getDataVector();
            children.add(child(data));
        }
        hoist();
    }

    private static ColumnBuilder child(FieldVector vector) {
        return new ColumnBuilder(vector, storageOf(vector), 8);
    }

    private static Storage storageOf(FieldVector vector) {
        return switch (vector.getMinorType()) {
            case BIT -> Storage.BITMAP;
            case TINYINT -> Storage.INT8;
            case SMALLINT -> Storage.INT16;
            case INT, DATEDAY, TIMEMILLI, INTERVALYEAR -> Storage.INT32;
            case FLOAT4 -> Storage.FLOAT32;
            case FLOAT8 -> Storage.FLOAT64;
            case DECIMAL -> Storage.DECIMAL128;
            case VARCHAR, VARBINARY -> Storage.BYTES;
            case STRUCT -> Storage.STRUCT;
            case LIST -> Storage.LIST;
            case MAP -> Storage.MAP;
            case NULL -> Storage.NULL;
            default -> Storage.INT64;
        };
    }

    private void hoist() {
        capacity = vector instanceof NullVector ? Integer.MAX_VALUE : vector.getValueCapacity();
        if (vector instanceof BaseVariableWidthVector text) {
            validity = text.getValidityBufferAddress();
            values = text.getDataBufferAddress();
            offsets = text.getOffsetBufferAddress();
            bytesCapacity = Math.min(text.getDataBuffer().capacity(), ColumnLimit.MOST + PADDING_BYTES);
        } else if (vector instanceof BaseFixedWidthVector fixed) {
            validity = fixed.getValidityBufferAddress();
            values = fixed.getDataBufferAddress();
        } else if (vector instanceof ListVector list) {
            validity = list.getValidityBuffer().memoryAddress();
            offsets = list.getOffsetBuffer().memoryAddress();
        } else if (vector instanceof StructVector struct) {
            validity = struct.getValidityBuffer().memoryAddress();
        }
        // growing a STRUCT or LIST moves the buffers of its children too
        children.forEach(ColumnBuilder::hoist);
    }

    private int next() {
        if (rows == capacity) {
            growRows();
        }
        return rows++;
    }

    private void growRows() {
        // a vector doubles, and its rows are counted in 31 bits
        ColumnLimit.elements(2L * rows);
        if (vector instanceof BaseVariableWidthVector text) {
            text.reallocValidityAndOffsetBuffers(); // bytes grow by themselves
        } else {
            vector.reAlloc();
        }
        hoist();
    }

    /** Rows so far. */
    public int rowCount() {
        return rows;
    }

    /** Whether a row that was appended is NULL. */
    public boolean isNull(int row) {
        return storage == Storage.NULL || !Memory.getBit(validity, row);
    }

    /** How values lie in memory. */
    public Storage storage() {
        return storage;
    }

    /** Builder of a field of a STRUCT, of the elements of a LIST, or of the key/value STRUCT of a MAP (index 0). */
    public ColumnBuilder child(int index) {
        return children.get(index);
    }

    /** Appends NULL. Children of a STRUCT get a NULL row too. */
    public void appendNull() {
        int row = next();
        switch (storage) {
            case BYTES -> Memory.putInt(offsets + ((long) (row + 1) << 2), bytes);
            case LIST, MAP -> {
                if (row == 0) {
                    Memory.putInt(offsets, 0);
                }
                Memory.putInt(offsets + ((long) (row + 1) << 2), children.get(0).rows);
            }
            case STRUCT -> children.forEach(ColumnBuilder::appendNull);
            case BITMAP, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL128, NULL -> {}
        }
        if (storage != Storage.NULL) {
            Memory.clearBit(validity, row);
        }
    }

    /** Appends to INT64. */
    public void appendLong(long value) {
        int row = next();
        Memory.putLong(values + ((long) row << 3), value);
        Memory.setBit(validity, row);
    }

    /** Appends to INT32. */
    public void appendInt(int value) {
        int row = next();
        Memory.putInt(values + ((long) row << 2), value);
        Memory.setBit(validity, row);
    }

    /** Appends to INT16. */
    public void appendShort(short value) {
        int row = next();
        Memory.putShort(values + ((long) row << 1), value);
        Memory.setBit(validity, row);
    }

    /** Appends to INT8. */
    public void appendByte(byte value) {
        int row = next();
        Memory.putByte(values + row, value);
        Memory.setBit(validity, row);
    }

    /** Appends to FLOAT64. */
    public void appendDouble(double value) {
        int row = next();
        Memory.putDouble(values + ((long) row << 3), value);
        Memory.setBit(validity, row);
    }

    /** Appends to FLOAT32. */
    public void appendFloat(float value) {
        int row = next();
        Memory.putFloat(values + ((long) row << 2), value);
        Memory.setBit(validity, row);
    }

    /** Appends to BITMAP. */
    public void appendBoolean(boolean value) {
        int row = next();
        if (value) {
            Memory.setBit(values, row);
        } else {
            Memory.clearBit(values, row);
        }
        Memory.setBit(validity, row);
    }

    /** Appends to DECIMAL128 the 16 bytes of a two's complement number, low half first. */
    public void appendDecimal(long low, long high) {
        int row = next();
        Memory.putLong(values + ((long) row << 4), low);
        Memory.putLong(values + ((long) row << 4) + 8, high);
        Memory.setBit(validity, row);
    }

    /** Appends to DECIMAL128 a number that has the column's scale already. */
    public void appendDecimal(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        appendDecimal(unscaled.longValue(), unscaled.shiftRight(64).longValue());
    }

    /** Appends to BYTES. */
    public void appendBytes(long address, int length) {
        int row = nextBytes(length);
        Memory.copyText(address, values + bytes, length);
        endBytes(row, length);
    }

    /** Appends to BYTES. */
    public void appendBytes(byte[] array, int start, int length) {
        int row = nextBytes(length);
        Memory.copy(array, start, values + bytes, length);
        endBytes(row, length);
    }

    /** Appends to BYTES the UTF-8 form of a text. */
    public void appendText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        appendBytes(utf8, 0, utf8.length);
    }

    /**
     * Makes room for {@code length} bytes of the next text and gives the address to write them to; {@link #commitBytes}
     * then appends the row. Up to 8 bytes behind may be overwritten too.
     */
    public long reserveBytes(int length) {
        if (rows == capacity) {
            growRows();
        }
        growBytes(length);
        return values + bytes;
    }

    /** Appends a row whose bytes were written where {@link #reserveBytes} said. */
    public void commitBytes(int length) {
        endBytes(rows++, length);
    }

    private int nextBytes(int length) {
        growBytes(length);
        return next();
    }

    private void growBytes(int length) {
        if (bytes + (long) length + PADDING_BYTES > bytesCapacity) {
            growTo(ColumnLimit.bytes(bytes + (long) length));
        }
    }

    /** Bytes of texts so far; 0 for what is no text. */
    public int textBytes() {
        return bytes;
    }

    /** Makes room for this many bytes of texts to come, so that the buffer need not grow step by step. */
    public void reserveTexts(long length) {
        long needed = Math.min(bytes + length, ColumnLimit.MOST);
        if (needed + PADDING_BYTES > bytesCapacity) {
            growTo(needed);
        }
    }

    private void growTo(long needed) {
        long doubled = Math.min(2 * bytesCapacity, ColumnLimit.MOST + PADDING_BYTES);
        ((BaseVariableWidthVector) vector).reallocDataBuffer(Math.max(needed + PADDING_BYTES, doubled));
        hoist();
    }

    private void endBytes(int row, int length) {
        if (row == 0) {
            Memory.putInt(offsets, 0);
        }
        bytes += length;
        Memory.putInt(offsets + ((long) (row + 1) << 2), bytes);
        Memory.setBit(validity, row);
    }

    /** Appends a row of a vector of the column's type. Hot paths take whole columns, by {@link Gather}. */
    public void append(FieldVector from, int row) {
        if (storage == Storage.NULL || from.isNull(row)) {
            appendNull();
            return;
        }
        switch (storage) {
            case BITMAP -> appendBoolean(Memory.getBit(from.getDataBufferAddress(), row));
            case INT8 -> appendByte(Memory.getByte(from.getDataBufferAddress() + row));
            case INT16 -> appendShort(Memory.getShort(from.getDataBufferAddress() + ((long) row << 1)));
            case INT32 -> appendInt(Memory.getInt(from.getDataBufferAddress() + ((long) row << 2)));
            case INT64 -> appendLong(Memory.getLong(from.getDataBufferAddress() + ((long) row << 3)));
            case FLOAT32 -> appendFloat(Memory.getFloat(from.getDataBufferAddress() + ((long) row << 2)));
            case FLOAT64 -> appendDouble(Memory.getDouble(from.getDataBufferAddress() + ((long) row << 3)));
            case DECIMAL128 -> {
                long at = from.getDataBufferAddress() + ((long) row << 4);
                appendDecimal(Memory.getLong(at), Memory.getLong(at + 8));
            }
            case BYTES -> {
                long at = from.getOffsetBufferAddress() + ((long) row << 2);
                int start = Memory.getInt(at);
                appendBytes(from.getDataBufferAddress() + start, Memory.getInt(at + 4) - start);
            }
            case STRUCT -> {
                List<FieldVector> fields = from.getChildrenFromFields();
                for (int i = 0; i < fields.size(); i++) {
                    children.get(i).append(fields.get(i), row);
                }
                appendStruct();
            }
            case LIST, MAP -> {
                ListVector lists = (ListVector) from;
                int end = lists.getElementEndIndex(row);
                for (int element = lists.getElementStartIndex(row); element < end; element++) {
                    children.get(0).append(lists.getDataVector(), element);
                }
                appendList();
            }
            case NULL -> throw new AssertionError("is NULL");
        }
    }

    /** Appends a STRUCT row that is not NULL, after each child got its row. */
    public void appendStruct() {
        int row = next();
        Memory.setBit(validity, row);
    }

    /** Appends a LIST or MAP of all elements that the child got since the last row. */
    public void appendList() {
        int row = next();
        if (row == 0) {
            Memory.putInt(offsets, 0);
        }
        Memory.putInt(offsets + ((long) (row + 1) << 2), children.get(0).rows);
        Memory.setBit(validity, row);
    }

    /**
     * Takes back rows behind {@code rowCount}, for a record that turned out to be bad. What children got for a row that
     * was never ended goes too.
     */
    public void truncate(int rowCount) {
        if (rowCount >= rows && children.isEmpty()) {
            return;
        }
        rows = Math.min(rows, rowCount);
        switch (storage) {
            case BYTES -> bytes = rows == 0 ? 0 : Memory.getInt(offsets + ((long) rows << 2));
            case LIST, MAP -> children.get(0).truncate(rows == 0 ? 0 : Memory.getInt(offsets + ((long) rows << 2)));
            case STRUCT -> children.forEach(child -> child.truncate(rows));
            case BITMAP, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL128, NULL -> {}
        }
    }

    /** Ends building and gives the vector to the caller. */
    public FieldVector finish() {
        seal();
        owned = false;
        return vector;
    }

    private void seal() {
        children.forEach(ColumnBuilder::seal);
        if (vector instanceof BaseVariableWidthVector text) {
            if (rows == 0) {
                Memory.putInt(offsets, 0);
            }
            text.setLastSet(rows - 1);
        } else if (vector instanceof ListVector list) {
            list.setLastSet(rows - 1);
        }
        vector.setValueCount(rows);
    }

    @Override
    public void close() {
        if (owned) {
            owned = false;
            vector.close();
        }
    }
}
