package io.sabot.executor.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

    /** The first key behind all keys that begin with a hash; null when there is none. */
    byte @Nullable [] behind(long hash) {
        return hash == -1L ? behindPrefix(prefix) : of(hash + 1);
    }

    /** All keys of the table. */
    byte[] first() {
        return prefix.clone();
    }

    /** The first key behind all keys of the table; null when there is none. */
    byte @Nullable [] end() {
        return behindPrefix(prefix);
    }

    private static byte @Nullable [] behindPrefix(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return next;
            }
        }
        return null;
    }

    /** Whether a key begins as all keys here do. */
    boolean owns(byte[] key) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Slice end of a key made by {@link #ofSlice}. */
    static long sliceEnd(byte[] key) {
        return ByteBuffer.wrap(key).getLong(2) ^ Long.MIN_VALUE;
    }
}
