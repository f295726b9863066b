package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one batch in canonical encoding (see {@link KeyLayout}), off-heap, with their hashes.
 *
 * <p>A reusable container: {@link KeyEncoder} fills it from columns, cursors and {@link #append} from stored keys.
 * Everything is valid until the next {@link #clear}. One thread uses it; its maker closes it.
 *
 * <pre>
 *   slot i (8-byte aligned, padded with zeros):
 *   │ 7 unused bytes │ flags │ body word 0 │ body word 1 │ …
 *                     ^ address(i), length(i) bytes
 * </pre>
 */
public final class KeyBatch implements AutoCloseable {
    private final BufferAllocator allocator;
    private final KeyLayout layout;
    private final int stride;
    private final int flagBytes;
    private @Nullable ArrowBuf buffer;
    private long base;
    private long capacity;
    private long used;
    private long[] hashes = new long[0];
    private long[] positions = new long[0];
    private int[] lengths = new int[0];
    private int count;

    /** An empty batch for keys of one layout, of up to eight columns. */
    public KeyBatch(BufferAllocator allocator, KeyLayout layout) {
        this(allocator, layout, 1);
    }

    KeyBatch(BufferAllocator allocator, KeyLayout layout, int flagBytes) {
        this.allocator = allocator;
        this.layout = layout;
        this.flagBytes = flagBytes;
        this.stride = layout.isFixed() ? 8 + layout.bodyWords() * 8 : -1;
    }

    /** Shape of the keys. */
    public KeyLayout layout() {
        return layout;
    }

    /** Number of keys. */
    public int count() {
        return count;
    }

    /** Address of a key's first byte, its NULL flags. */
    public long address(int index) {
        return slot(index) + 7;
    }

    /** Bytes of a key, flags included. */
    public int length(int index) {
        return layout.isFixed() ? 1 + layout.bodyBytes() : lengths[index];
    }

    /** Hash of a key by {@link KeyHash}. */
    public long hash(int index) {
        return hashes[index];
    }

    /** Hashes of all keys, at least {@link #count} long; read only. */
    public long[] hashes() {
        return hashes;
    }

    /** Whether a column of a key is NULL. */
    public boolean hasNull(int index) {
        long flags = slot(index) + 7;
        int any = Memory.getByte(flags);
        for (int i = 1; i < flagBytes; i++) {
            any |= Memory.getByte(flags + i);
        }
        return any != 0;
    }

    /** Forgets all keys. */
    public void clear() {
        count = 0;
        used = 0;
    }

    /** Adds a key that is in canonical encoding already, for instance one read by a cursor. */
    public void append(long keyAddress, int keyLength) {
        append(keyAddress, keyLength, KeyHash.hash(keyAddress, keyLength));
    }

    /** Adds a key whose hash is known; tests use it to make hashes meet. */
    void append(long keyAddress, int keyLength, long hash) {
        assert !layout.isFixed() || keyLength == 1 + layout.bodyBytes() : "key of another layout";
        int index = count;
        ensureKeys(index + 1);
        long slotBytes = 8 + ((keyLength + 6L) & ~7L);
        ensureBytes(used + slotBytes);
        long slot = base + used;
        Memory.putLong(slot, 0);
        Memory.putLong(slot + slotBytes - 8, 0);
        Memory.copy(keyAddress, slot + 7, keyLength);
        if (!layout.isFixed()) {
            positions[index] = used;
            lengths[index] = keyLength;
        }
        hashes[index] = hash;
        used += slotBytes;
        count = index + 1;
    }

    /** Adds a key that gets the key group of another key, as {@link #moveToGroupsOf} says. */
    public void append(long keyAddress, int keyLength, long ownerHash, int groupCount) {
        append(keyAddress, keyLength);
        long groupBits = KeyGroups.mask(groupCount);
        hashes[count - 1] = (ownerHash & groupBits) | (hashes[count - 1] & ~groupBits);
    }

    /**
     * Gives each key the key group of its owner, the key at the same index: for tables whose keys begin with the key by
     * which rows are routed, such as (group, value), so that they stay with their group when state is moved. The table then finds
     * them by these hashes only: do the same for every batch that goes to it, also one made by {@link #append}.
     */
    public void moveToGroupsOf(KeyBatch owners, int groupCount) {
        long groupBits = KeyGroups.mask(groupCount);
        for (int i = 0; i < count; i++) {
            hashes[i] = (owners.hashes[i] & groupBits) | (hashes[i] & ~groupBits);
        }
    }

    /** As {@link #moveToGroupsOf}, by hashes of owners of which only the bits of the key group matter. */
    public void moveToGroups(long[] ownerHashes, int groupCount) {
        long groupBits = KeyGroups.mask(groupCount);
        for (int i = 0; i < count; i++) {
            hashes[i] = (ownerHashes[i] & groupBits) | (hashes[i] & ~groupBits);
        }
    }

    /** Address of the word that ends with the flag byte. */
    long slot(int index) {
        return base + (layout.isFixed() ? (long) index * stride : positions[index]);
    }

    /** Address of slot 0; fixed layouts only. */
    long base() {
        return base;
    }

    /** Bytes from slot to slot; fixed layouts only. */
    int stride() {
        return stride;
    }

    /** Makes {@code newCount} fixed slots, with whatever was in memory before. */
    long resetFixed(int newCount) {
        ensureKeys(newCount);
        used = (long) newCount * stride;
        ensureBytes(used);
        count = newCount;
        return base;
    }

    /** Makes slots for keys of these lengths (flags included), whose flags and padding are zeros. */
    void resetVariable(int[] newLengths, int newCount) {
        resetSlots(newLengths, newCount);
        for (int i = 0; i < newCount; i++) {
            long slot = base + positions[i];
            Memory.putLong(slot, 0);
            Memory.putLong(slot + ((newLengths[i] + 6L) & ~7L), 0);
            for (int flags = 1; flags < flagBytes; flags++) {
                Memory.putByte(slot + 7 + flags, (byte) 0);
            }
        }
    }

    /** Makes slots for keys of these lengths, with whatever was in memory before. */
    void resetSlots(int[] newLengths, int newCount) {
        ensureKeys(newCount);
        long position = 0;
        for (int i = 0; i < newCount; i++) {
            positions[i] = position;
            lengths[i] = newLengths[i];
            position += 8 + ((newLengths[i] + 6L) & ~7L);
        }
        used = position;
        ensureBytes(used);
        count = newCount;
    }

    private void ensureKeys(int keys) {
        if (keys > hashes.length) {
            int grown = Math.max(keys, Math.max(64, hashes.length * 2));
            hashes = Arrays.copyOf(hashes, grown);
            if (!layout.isFixed()) {
                positions = Arrays.copyOf(positions, grown);
                lengths = Arrays.copyOf(lengths, grown);
            }
        }
    }

    private void ensureBytes(long bytes) {
        if (bytes > capacity) {
            long before = capacity;
            ArrowBuf old = buffer;
            ArrowBuf grown = allocator.buffer(Math.max(bytes, Math.max(1024, before * 2)) + 8);
            if (old != null) {
                Memory.copy(base, grown.memoryAddress(), before);
                old.close();
            }
            buffer = grown;
            base = grown.memoryAddress();
            capacity = grown.capacity() - 8;
        }
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
            base = 0;
            capacity = 0;
            clear();
        }
    }
}
