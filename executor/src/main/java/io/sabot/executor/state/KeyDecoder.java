package io.sabot.executor.state;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns keys and rows that {@link KeyEncoder} made back into columns. One thread uses it. */
public final class KeyDecoder {
    private final Storage[] storages;
    private final NestedValues[] nested;
    private final int extraFlagBytes;
    private long[] positions = new long[0];

    /** A decoder of keys whose columns have these types. */
    public KeyDecoder(List<DataType> types) {
        this.storages = types.stream().map(Storage::of).toArray(Storage[]::new);
        this.nested = types.stream().map(type -> new NestedValues(type, false)).toArray(NestedValues[]::new);
        this.extraFlagBytes = KeyEncoder.extraFlagBytes(storages.length);
    }

    /** Number of columns. */
    public int columnCount() {
        return storages.length;
    }

    /** Appends one key to the builders {@code first} to {@code first + columnCount - 1}. */
    public void decode(long keyAddress, int keyLength, List<ColumnBuilder> builders, int first) {
        long at = keyAddress + 1 + extraFlagBytes;
        for (int c = 0; c < storages.length; c++) {
            at = decodeValue(c, keyAddress, at, keyAddress + keyLength, builders.get(first + c));
        }
    }

    /**
     * Appends keys to builders, column by column.
     *
     * @param keyAddresses first byte of each key
     * @param keyLengths bytes of each key
     */
    public void decode(long[] keyAddresses, int[] keyLengths, int count, List<ColumnBuilder> builders, int first) {
        beginColumns(keyAddresses, count);
        for (int c = 0; c < storages.length; c++) {
            decodeColumn(c, keyAddresses, keyLengths, count, builders.get(first + c));
        }
    }

    /** As above, of the columns that have a builder; the others are passed over. */
    public void decodeSome(
            long[] keyAddresses, int[] keyLengths, int count, @Nullable ColumnBuilder[] builders, int first) {
        beginColumns(keyAddresses, count);
        int end = storages.length;
        while (end > 0 && builders[first + end - 1] == null) {
            end--;
        }
        for (int c = 0; c < end; c++) {
            ColumnBuilder builder = builders[first + c];
            if (builder != null) {
                decodeColumn(c, keyAddresses, keyLengths, count, builder);
                continue;
            }
            for (int i = 0; i < count; i++) {
                positions[i] = behind(c, positions[i], keyAddresses[i] + keyLengths[i]);
            }
        }
    }

    private void beginColumns(long[] keyAddresses, int count) {
        if (positions.length < count) {
            positions = new long[Math.max(64, count)];
        }
        for (int i = 0; i < count; i++) {
            positions[i] = keyAddresses[i] + 1 + extraFlagBytes;
        }
    }

    private void decodeColumn(int c, long[] keyAddresses, int[] keyLengths, int count, ColumnBuilder builder) {
        if (storages[c] == Storage.INT64) {
            decodeLongs(c, keyAddresses, count, builder);
        } else if (storages[c] == Storage.BYTES) {
            decodeTexts(c, keyAddresses, keyLengths, count, builder);
        } else {
            for (int i = 0; i < count; i++) {
                positions[i] = decodeValue(c, keyAddresses[i], positions[i], keyAddresses[i] + keyLengths[i], builder);
            }
        }
    }

    private void decodeLongs(int c, long[] keyAddresses, int count, ColumnBuilder builder) {
        int flagByte = c >> 3;
        int flag = 1 << (c & 7);
        for (int i = 0; i < count; i++) {
            if ((Memory.getByte(keyAddresses[i] + flagByte) & flag) != 0) {
                builder.appendNull();
            } else {
                builder.appendLong(Memory.getLong(positions[i]));
            }
            positions[i] += 8;
        }
    }

    private void decodeTexts(int c, long[] keyAddresses, int[] keyLengths, int count, ColumnBuilder builder) {
        boolean isLast = c == storages.length - 1;
        int flagByte = c >> 3;
        int flag = 1 << (c & 7);
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += textLength(isLast, positions[i], keyAddresses[i] + keyLengths[i]);
        }
        builder.reserveTexts(total);
        for (int i = 0; i < count; i++) {
            int length = textLength(isLast, positions[i], keyAddresses[i] + keyLengths[i]);
            long at = positions[i] + (isLast ? 0 : 4);
            if ((Memory.getByte(keyAddresses[i] + flagByte) & flag) != 0) {
                builder.appendNull();
            } else {
                builder.appendBytes(at, length);
            }
            positions[i] = at + length;
        }
    }

    private static int textLength(boolean isLast, long at, long end) {
        return isLast ? (int) (end - at) : Memory.getInt(at);
    }

    /** Appends some columns of one key: those that have a builder. */
    public void decode(long keyAddress, int keyLength, @Nullable ColumnBuilder[] builders) {
        long at = keyAddress + 1 + extraFlagBytes;
        for (int c = 0; c < storages.length; c++) {
            ColumnBuilder builder = builders[c];
            at = builder == null
                    ? behind(c, at, keyAddress + keyLength)
                    : decodeValue(c, keyAddress, at, keyAddress + keyLength, builder);
        }
    }

    private long behind(int c, long at, long end) {
        int width = KeyEncoder.widthOf(storages[c]);
        if (width >= 0) {
            return at + width;
        }
        return c == storages.length - 1 ? end : at + 4 + Memory.getInt(at);
    }

    /** Appends the value at {@code at}; returns the address of the next one. */
    private long decodeValue(int c, long key, long at, long end, ColumnBuilder builder) {
        boolean isNull = (Memory.getByte(key + (c >> 3)) >> (c & 7) & 1) != 0;
        int width = KeyEncoder.widthOf(storages[c]);
        if (width >= 0) {
            if (isNull) {
                builder.appendNull();
            } else {
                nested[c].read(at, builder);
            }
            return at + width;
        }
        boolean isLast = c == storages.length - 1;
        int length = isLast ? (int) (end - at) : Memory.getInt(at);
        long value = isLast ? at : at + 4;
        if (isNull) {
            builder.appendNull();
        } else if (storages[c] == Storage.BYTES) {
            builder.appendBytes(value, length);
        } else {
            nested[c].read(value, builder);
        }
        return value + length;
    }
}
