package io.sabot.executor.state;

import java.nio.ByteBuffer;

/**
 * Keys of stored pages: {@code table (2) [slice end (8)] lowest hash (8)}, big-endian, so that the pages of a table lie
 * together in hash order.
 */
final class StoredKeys {
    private final byte[] prefix;

    private StoredKeys(byte[] prefix) {
        this.prefix = prefix;
    }

    /** Keys of a table that is not cut into slices. */
    static StoredKeys ofTable(int tableId) {
        return new StoredKeys(ByteBuffer.allocate(2).putShort((short) tableId).array());
    }

    /** Keys of one slice of a table; slice ends may be negative. */
    static StoredKeys ofSlice(int tableId, long sliceEnd) {
        return new StoredKeys(ByteBuffer.allocate(10)
                .putShort((short) tableId)
                .putLong(sliceEnd ^ Long.MIN_VALUE)
                .array());
    }

    /** Key of the page that begins at a hash. */
    byte[] of(long lowestHash) {
        return ByteBuffer.allocate(prefix.length + 8)
                .put(prefix)
                .putLong(lowestHash)
                .array();
    }

    /** Slice end of a key made by {@link #ofSlice}. */
    static long sliceEnd(byte[] key) {
        return ByteBuffer.wrap(key).getLong(2) ^ Long.MIN_VALUE;
    }
}
