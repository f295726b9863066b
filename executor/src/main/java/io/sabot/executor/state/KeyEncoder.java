package io.sabot.executor.state;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.batch.Storage;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Turns columns into keys in canonical encoding ({@link KeyLayout}), one column at a time over a whole batch.
 *
 * <p>Also turns whole rows into byte strings that {@link KeyDecoder} reads back: then {@link #ofRows}, which keeps -0.0 and
 * the bits of NaN as they are. The {@link KeyBatch} returned belongs to the encoder and is valid until the next call.
 */
public final class KeyEncoder implements AutoCloseable {
    private final Storage[] storages;
    private final NestedValues[] nested;
    private final boolean canonical;
    private final boolean hashed;
    private final int extraFlagBytes;
    private final KeyLayout layout;
    private final KeyBatch keys;
    private int[] lengths = new int[0];
    private long[] positions = new long[0];

    /** An encoder of keys whose columns have these types. */
    public KeyEncoder(BufferAllocator allocator, List<DataType> types) {
        this(allocator, types, true);
    }

    /** An encoder of rows that keeps every bit. */
    public static KeyEncoder ofRows(BufferAllocator allocator, List<DataType> types) {
        return new KeyEncoder(allocator, types, false);
    }

    /** As {@link #ofRows}, of rows that are never looked up as keys: their hashes have no meaning. */
    public static KeyEncoder ofRowBytes(BufferAllocator allocator, List<DataType> types) {
        return new KeyEncoder(allocator, types, false, false);
    }

    private KeyEncoder(BufferAllocator allocator, List<DataType> types, boolean canonical) {
        this(allocator, types, canonical, true);
    }

    private KeyEncoder(BufferAllocator allocator, List<DataType> types, boolean canonical, boolean hashed) {
        this.canonical = canonical;
        this.hashed = hashed;
        this.storages = types.stream().map(Storage::of).toArray(Storage[]::new);
        this.nested =
                types.stream().map(type -> new NestedValues(type, canonical)).toArray(NestedValues[]::new);
        this.extraFlagBytes = extraFlagBytes(storages.length);
        this.layout = layoutOf(storages);
        this.keys = new KeyBatch(allocator, layout, 1 + extraFlagBytes);
    }

    static int extraFlagBytes(int columns) {
        return Math.max(0, (columns - 1) >> 3);
    }

    /** Shape of keys of these types. */
    public static KeyLayout layoutOf(List<DataType> types) {
        return layoutOf(types.stream().map(Storage::of).toArray(Storage[]::new));
    }

    private static KeyLayout layoutOf(Storage[] storages) {
        int bytes = extraFlagBytes(storages.length);
        for (Storage storage : storages) {
            int width = widthOf(storage);
            if (width < 0) {
                return KeyLayout.VARIABLE;
            }
            bytes += width;
        }
        return KeyLayout.fixed(bytes);
    }

    /** Bytes of a value in a key; -1 when they differ. */
    static int widthOf(Storage storage) {
        return switch (storage) {
            case BITMAP -> 1;
            case NULL -> 0;
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64, DECIMAL128 -> storage.width();
            case BYTES, STRUCT, LIST, MAP -> -1;
        };
    }

    /** Shape of the keys. */
    public KeyLayout layout() {
        return layout;
    }

    /** Keys of all rows of some columns of a batch. */
    public KeyBatch encode(Batch batch, int[] columns) {
        return encode(columnsOf(batch, columns), null, batch.rowCount());
    }

    /** Keys of selected rows of some columns of a batch. */
    public KeyBatch encode(Batch batch, int[] columns, Selection selection) {
        return encode(columnsOf(batch, columns), selection.indices(), selection.count());
    }

    private static Column[] columnsOf(Batch batch, int[] columns) {
        Column[] chosen = new Column[columns.length];
        for (int c = 0; c < columns.length; c++) {
            chosen[c] = batch.column(columns[c]);
        }
        return chosen;
    }

    /**
     * Keys of some rows.
     *
     * @param columns one per type
     * @param rows indices of rows; null for the first {@code count} rows
     */
    public KeyBatch encode(Column[] columns, int @Nullable [] rows, int count) {
        if (columns.length == 1 && storages[0] == Storage.BYTES) {
            encodeText(columns[0], rows, count);
        } else if (!layout.isFixed()) {
            encodeVariable(columns, rows, count);
        } else if (columns.length == 1 && storages[0] == Storage.INT64) {
            encodeLong(columns[0], rows, count);
        } else {
            encodeFixed(columns, rows, count);
        }
        return keys;
    }

    /** One BIGINT or TIMESTAMP. */
    private void encodeLong(Column column, int @Nullable [] rows, int count) {
        long slot = keys.resetFixed(count);
        long[] hashes = keys.hashes();
        long values = column.values();
        long start = KeyHash.start(9, 0);
        if (column.hasNulls()) {
            long nullStart = KeyHash.start(9, 1);
            for (int i = 0; i < count; i++, slot += 16) {
                int row = rows == null ? i : rows[i];
                boolean isNull = column.isNull(row);
                long value = isNull ? 0 : Memory.getLong(values + ((long) row << 3));
                Memory.putLong(slot, isNull ? 1L << 56 : 0);
                Memory.putLong(slot + 8, value);
                hashes[i] = KeyHash.finish(KeyHash.step(isNull ? nullStart : start, value));
            }
        } else if (rows == null) {
            for (int i = 0; i < count; i++, slot += 16, values += 8) {
                long value = Memory.getLong(values);
                Memory.putLong(slot, 0);
                Memory.putLong(slot + 8, value);
                hashes[i] = KeyHash.finish(KeyHash.step(start, value));
            }
        } else {
            for (int i = 0; i < count; i++, slot += 16) {
                long value = Memory.getLong(values + ((long) rows[i] << 3));
                Memory.putLong(slot, 0);
                Memory.putLong(slot + 8, value);
                hashes[i] = KeyHash.finish(KeyHash.step(start, value));
            }
        }
    }

    /** One text: copied and hashed word by word in one pass. */
    private void encodeText(Column column, int @Nullable [] rows, int count) {
        prepareScratch(count);
        boolean hasNulls = column.hasNulls();
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            lengths[i] = hasNulls && column.isNull(row) ? 1 : 1 + column.length(row);
        }
        keys.resetSlots(lengths, count);
        long[] hashes = keys.hashes();
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            int flags = hasNulls && column.isNull(row) ? 1 : 0;
            long slot = keys.slot(i);
            int bytes = lengths[i] - 1;
            Memory.putLong(slot, (long) flags << 56);
            long h = KeyHash.start(lengths[i], flags);
            long from = column.start(row);
            long to = slot + 8;
            for (; bytes >= 8; bytes -= 8, from += 8, to += 8) {
                long word = Memory.getLong(from);
                Memory.putLong(to, word);
                h = KeyHash.step(h, word);
            }
            if (bytes > 0) {
                // buffers have 8 bytes of padding behind them
                long word = Memory.getLong(from) & (-1L >>> (64 - 8 * bytes));
                Memory.putLong(to, word);
                h = KeyHash.step(h, word);
            }
            hashes[i] = KeyHash.finish(h);
        }
    }

    private void prepareScratch(int count) {
        if (lengths.length < count) {
            lengths = new int[Math.max(count, 64)];
            positions = new long[lengths.length];
        }
    }

    private void encodeFixed(Column[] columns, int @Nullable [] rows, int count) {
        long base = keys.resetFixed(count);
        int stride = keys.stride();
        Memory.fill(base, (long) count * stride, (byte) 0);
        int offset = 8 + extraFlagBytes;
        for (int c = 0; c < columns.length; c++) {
            putFixed(columns[c], c, rows, count, base + offset, base, stride);
            offset += widthOf(storages[c]);
        }
        hashSlots(count);
    }

    private void hashSlots(int count) {
        if (!hashed) {
            return;
        }
        long[] hashes = keys.hashes();
        for (int i = 0; i < count; i++) {
            long slot = keys.slot(i);
            int length = keys.length(i);
            long h = KeyHash.start(length, Memory.getByte(slot + 7) & 0xFF);
            for (long at = slot + 8, end = slot + 7 + length; at < end; at += 8) {
                h = KeyHash.step(h, Memory.getLong(at));
            }
            hashes[i] = KeyHash.finish(h);
        }
    }

    /** Writes one column: value i goes to {@code to + i * stride}, its NULL flag into slot i. */
    private void putFixed(Column column, int c, int @Nullable [] rows, int count, long to, long slots, int stride) {
        boolean hasNulls = column.hasNulls() || storages[c] == Storage.NULL;
        long values = column.values();
        for (int i = 0; i < count; i++, to += stride, slots += stride) {
            int row = rows == null ? i : rows[i];
            if (hasNulls && isNull(column, c, row)) {
                setNullFlag(slots, c);
            } else {
                putValue(storages[c], values, row, to);
            }
        }
    }

    private boolean isNull(Column column, int c, int row) {
        return storages[c] == Storage.NULL || column.isNull(row);
    }

    private static void setNullFlag(long slot, int c) {
        long at = slot + 7 + (c >> 3);
        Memory.putByte(at, (byte) (Memory.getByte(at) | 1 << (c & 7)));
    }

    private void putValue(Storage storage, long values, int row, long to) {
        switch (storage) {
            case BITMAP -> Memory.putByte(to, (byte) (Memory.getBit(values, row) ? 1 : 0));
            case INT8 -> Memory.putByte(to, Memory.getByte(values + row));
            case INT16 -> Memory.putShort(to, Memory.getShort(values + ((long) row << 1)));
            case INT32 -> Memory.putInt(to, Memory.getInt(values + ((long) row << 2)));
            case INT64 -> Memory.putLong(to, Memory.getLong(values + ((long) row << 3)));
            case FLOAT32 -> putFloat(Memory.getFloat(values + ((long) row << 2)), to, canonical);
            case FLOAT64 -> putDouble(Memory.getDouble(values + ((long) row << 3)), to, canonical);
            case DECIMAL128 -> {
                Memory.putLong(to, Memory.getLong(values + ((long) row << 4)));
                Memory.putLong(to + 8, Memory.getLong(values + ((long) row << 4) + 8));
            }
            case BYTES, STRUCT, LIST, MAP, NULL -> throw new AssertionError(storage);
        }
    }

    static void putFloat(float value, long to, boolean canonical) {
        // adding 0.0 turns -0.0 into 0.0; floatToIntBits makes all NaN the same
        Memory.putInt(to, canonical ? Float.floatToIntBits(value + 0.0f) : Float.floatToRawIntBits(value));
    }

    static void putDouble(double value, long to, boolean canonical) {
        Memory.putLong(to, canonical ? Double.doubleToLongBits(value + 0.0) : Double.doubleToRawLongBits(value));
    }

    private void encodeVariable(Column[] columns, int @Nullable [] rows, int count) {
        prepareScratch(count);
        int fixedBytes = 1 + extraFlagBytes;
        for (Storage storage : storages) {
            fixedBytes += Math.max(0, widthOf(storage));
        }
        Arrays.fill(lengths, 0, count, fixedBytes);
        for (int c = 0; c < columns.length; c++) {
            if (widthOf(storages[c]) < 0) {
                addLengths(columns[c], c, rows, count);
            }
        }
        keys.resetVariable(lengths, count);
        for (int i = 0; i < count; i++) {
            positions[i] = keys.slot(i) + 8 + extraFlagBytes;
        }
        for (int c = 0; c < columns.length; c++) {
            if (widthOf(storages[c]) < 0) {
                putVariable(columns[c], c, rows, count);
            } else {
                putFixedAtPositions(columns[c], c, rows, count);
            }
        }
        hashSlots(count);
    }

    private boolean isLast(int c) {
        return c == storages.length - 1;
    }

    private void addLengths(Column column, int c, int @Nullable [] rows, int count) {
        int lengthBytes = isLast(c) ? 0 : 4;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            long bytes = lengthBytes + (column.isNull(row) ? 0L : valueLength(column, c, row));
            lengths[i] = ColumnLimit.value(lengths[i] + bytes);
        }
    }

    private int valueLength(Column column, int c, int row) {
        return storages[c] == Storage.BYTES ? column.length(row) : nested[c].length(column.vector(), row);
    }

    private void putVariable(Column column, int c, int @Nullable [] rows, int count) {
        boolean isLast = isLast(c);
        boolean isText = storages[c] == Storage.BYTES;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            long at = positions[i];
            int length = 0;
            if (column.isNull(row)) {
                setNullFlag(keys.slot(i), c);
            } else {
                length = valueLength(column, c, row);
            }
            if (!isLast) {
                Memory.putInt(at, length);
                at += 4;
            }
            if (length > 0) {
                if (isText) {
                    Memory.copyText(column.start(row), at, length);
                } else {
                    nested[c].put(column.vector(), row, at);
                }
            }
            positions[i] = at + length;
        }
    }

    private void putFixedAtPositions(Column column, int c, int @Nullable [] rows, int count) {
        if (storages[c] == Storage.INT64 && !column.hasNulls()) {
            putLongsAtPositions(column.values(), rows, count);
            return;
        }
        int width = widthOf(storages[c]);
        long values = column.values();
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (isNull(column, c, row)) {
                setNullFlag(keys.slot(i), c);
                for (int b = 0; b < width; b++) {
                    Memory.putByte(positions[i] + b, (byte) 0);
                }
            } else {
                putValue(storages[c], values, row, positions[i]);
            }
            positions[i] += width;
        }
    }

    private void putLongsAtPositions(long values, int @Nullable [] rows, int count) {
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            Memory.putLong(positions[i], Memory.getLong(values + ((long) row << 3)));
            positions[i] += 8;
        }
    }

    @Override
    public void close() {
        keys.close();
    }
}
