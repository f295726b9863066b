package io.sabot.executor.rank;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.state.SortKeys;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Bytes whose unsigned order is an ORDER BY, row by row.
 *
 * <pre>
 *   per column:  │ 0 NULL first, 1 value, 2 NULL last │ value, inverted when descending │
 * </pre>
 */
public final class SortKeyEncoder implements AutoCloseable {
    private static final byte NULL_FIRST = 0;
    private static final byte VALUE = 1;
    private static final byte NULL_LAST = 2;

    private final List<SortColumn> order;
    private final Storage[] storages;
    private final BufferAllocator allocator;
    private ArrowBuf buffer;
    private int length;

    public SortKeyEncoder(Schema schema, List<SortColumn> order, BufferAllocator allocator) {
        this.order = List.copyOf(order);
        this.storages = order.stream()
                .map(sort -> Storage.of(schema.type(sort.column())))
                .toArray(Storage[]::new);
        this.allocator = allocator;
        this.buffer = allocator.buffer(256);
    }

    /** Encodes a row: the bytes are at {@link #address} until the next call. */
    public void encode(Batch batch, int row) {
        length = 0;
        for (int i = 0; i < storages.length; i++) {
            SortColumn sort = order.get(i);
            Column column = batch.column(sort.column());
            boolean isNull = storages[i] == Storage.NULL || column.isNull(row);
            makeRoom(17 + (isNull || storages[i] != Storage.BYTES ? 0 : 2 * column.length(row) + 2));
            long at = buffer.memoryAddress() + length;
            Memory.putByte(at, isNull ? sort.nullsFirst() ? NULL_FIRST : NULL_LAST : VALUE);
            length++;
            if (!isNull) {
                int bytes = putValue(storages[i], column, row, at + 1);
                if (sort.descending()) {
                    SortKeys.invert(at + 1, bytes);
                }
                length += bytes;
            }
        }
    }

    private static int putValue(Storage storage, Column column, int row, long to) {
        long values = column.values();
        switch (storage) {
            case INT64 -> SortKeys.putLong(to, column.getLong(row));
            case INT32 -> SortKeys.putLong(to, column.getInt(row));
            case INT16 -> SortKeys.putLong(to, Memory.getShort(values + ((long) row << 1)));
            case INT8 -> SortKeys.putLong(to, Memory.getByte(values + row));
            case BITMAP -> SortKeys.putLong(to, column.getBoolean(row) ? 1 : 0);
            case FLOAT64 -> SortKeys.putDouble(to, Memory.getDouble(values + ((long) row << 3)));
            case FLOAT32 -> SortKeys.putDouble(to, Memory.getFloat(values + ((long) row << 2)));
            case DECIMAL128 -> {
                long at = values + ((long) row << 4);
                SortKeys.putDecimal(to, Memory.getLong(at), Memory.getLong(at + 8));
                return 16;
            }
            case BYTES -> {
                return SortKeys.putBytes(to, column.start(row), column.length(row));
            }
            case STRUCT, LIST, MAP, NULL -> throw new IllegalArgumentException("values without order: " + storage);
        }
        return 8;
    }

    private void makeRoom(int more) {
        if (length + more > buffer.capacity()) {
            ArrowBuf larger = allocator.buffer((length + (long) more) * 2);
            Memory.copy(buffer.memoryAddress(), larger.memoryAddress(), length);
            buffer.close();
            buffer = larger;
        }
    }

    /** Where the key begins. */
    public long address() {
        return buffer.memoryAddress();
    }

    /** Bytes of the key. */
    public int length() {
        return length;
    }

    @Override
    public void close() {
        buffer.close();
    }
}
