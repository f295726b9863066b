package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/**
 * Byte strings outside of pages: long keys, tails, rows. A block belongs to the record that refers to it; snapshots see it
 * as long as they need it, so a block that a snapshot may read is replaced and never changed.
 *
 * <pre>
 *   0        8          12     16
 *   │ madeIn │ capacity │      │ bytes …
 * </pre>
 */
final class Blocks {
    static final int HEADER_BYTES = 16;
    /** Longest byte string. */
    static final int MAX_LENGTH = 512 << 20;

    private Blocks() {}

    /** A new block with room for this many bytes, all zero. */
    static long allocate(PageStore store, int length, String table) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a value of " + length + " bytes is too long for state");
        }
        int bytes = FramePool.roundUp(length + HEADER_BYTES);
        long block = store.allocate(bytes, table);
        Memory.putLong(block, store.generation());
        Memory.putInt(block + 8, bytes - HEADER_BYTES);
        return block;
    }

    static long bytes(long block) {
        return block + HEADER_BYTES;
    }

    /** Whether the bytes may be overwritten by this many others. */
    static boolean canHold(PageStore store, long block, int length) {
        return Memory.getInt(block + 8) >= length && !store.isFrozen(Memory.getLong(block));
    }

    static void retire(PageStore store, long block) {
        store.retire(block, Memory.getInt(block + 8) + HEADER_BYTES, Memory.getLong(block));
    }
}
