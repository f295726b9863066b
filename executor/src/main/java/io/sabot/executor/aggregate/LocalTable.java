package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Records by key for a short time: what a local phase collects between two flushes, what windows merge into when they fire.
 * No state: in no checkpoint, and emptied as a whole. Records lie in order of insertion.
 *
 * <pre>
 *   record:  │ hash 8 │ 7 unused bytes, flags │ key body, padded to 8 │ fixed part │       fixed keys
 *            │ hash 8 │ position of the key in the arena 8 │ length 8 │ fixed part │       variable keys
 * </pre>
 */
public final class LocalTable implements Tails, AutoCloseable {
    private final boolean fixedKeys;
    private final int fixedKeyLength;
    private final int fixedOffset;
    private final int stride;
    private final BufferAllocator allocator;
    private final Arena arena;
    private int[] index = new int[256];
    private long[] tails = new long[0];
    private @Nullable ArrowBuf buffer;
    private long base;
    private int capacity;
    private int size;

    /** An empty table. */
    public LocalTable(BufferAllocator allocator, KeyLayout keys, int recordBytes) {
        this.allocator = allocator;
        this.arena = new Arena(allocator);
        this.fixedKeys = keys.isFixed();
        this.fixedKeyLength = keys.bodyBytes() + 1;
        this.fixedOffset = 8 + (fixedKeys ? 8 + ((keys.bodyBytes() + 7) & ~7) : 16);
        this.stride = fixedOffset + recordBytes;
    }

    /** Number of records. */
    public int size() {
        return size;
    }

    /** Finds or inserts a record for each key. Addresses are valid until the next call. */
    public void resolve(KeyBatch keys, long[] recordAddresses) {
        int count = keys.count();
        makeRoom(count);
        long[] hashes = keys.hashes();
        int mask = index.length - 1;
        for (int i = 0; i < count; i++) {
            long hash = hashes[i];
            int at = (int) hash & mask;
            long record;
            for (; ; ) {
                int found = index[at];
                if (found == 0) {
                    record = insert(hash, keys.address(i), keys.length(i));
                    index[at] = size;
                    break;
                }
                record = base + (long) (found - 1) * stride;
                if (Memory.getLong(record) == hash && sameKey(record, keys.address(i), keys.length(i))) {
                    break;
                }
                at = (at + 1) & mask;
            }
            recordAddresses[i] = record + fixedOffset;
        }
    }

    /** Finds the record of each key; 0 where there is none. */
    public void find(KeyBatch keys, long[] recordAddresses) {
        long[] hashes = keys.hashes();
        int mask = index.length - 1;
        for (int i = 0; i < keys.count(); i++) {
            int at = (int) hashes[i] & mask;
            long record = 0;
            for (int found = index[at]; found != 0; found = index[at]) {
                long candidate = base + (long) (found - 1) * stride;
                if (Memory.getLong(candidate) == hashes[i] && sameKey(candidate, keys.address(i), keys.length(i))) {
                    record = candidate + fixedOffset;
                    break;
                }
                at = (at + 1) & mask;
            }
            recordAddresses[i] = record;
        }
    }

    private boolean sameKey(long record, long key, int length) {
        if (fixedKeys) {
            return Memory.equal(record + 15, key, length);
        }
        return Memory.getLong(record + 16) == length
                && Memory.equal(arena.address(Memory.getLong(record + 8)), key, length);
    }

    private long insert(long hash, long key, int length) {
        long record = base + (long) size * stride;
        Memory.fill(record, stride, (byte) 0);
        Memory.putLong(record, hash);
        if (fixedKeys) {
            Memory.copy(key, record + 15, length);
        } else {
            Memory.putLong(record + 8, arena.append(key, length));
            Memory.putLong(record + 16, length);
        }
        size++;
        return record;
    }

    private void makeRoom(int more) {
        int needed = size + more;
        if (needed > capacity) {
            int grown = Math.max(needed, Math.max(256, capacity * 2));
            ArrowBuf larger = allocator.buffer((long) grown * stride + 8);
            if (buffer != null) {
                Memory.copy(base, larger.memoryAddress(), (long) size * stride);
                buffer.close();
            }
            buffer = larger;
            base = larger.memoryAddress();
            capacity = grown;
        }
        if (needed * 2 > index.length) {
            index = new int[Integer.highestOneBit(needed) * 4];
            int mask = index.length - 1;
            for (int r = 0; r < size; r++) {
                int at = (int) Memory.getLong(base + (long) r * stride) & mask;
                while (index[at] != 0) {
                    at = (at + 1) & mask;
                }
                index[at] = r + 1;
            }
        }
    }

    /** Address of the record with a number, counted from 0 in order of insertion; until the next {@link #resolve}. */
    public long record(int number) {
        return base + (long) number * stride + fixedOffset;
    }

    /** Where the key of the record with a number begins. */
    public long key(int number) {
        long record = base + (long) number * stride;
        return fixedKeys ? record + 15 : arena.address(Memory.getLong(record + 8));
    }

    /** Bytes of the key of the record with a number. */
    public int keyLength(int number) {
        return fixedKeys ? fixedKeyLength : (int) Memory.getLong(base + (long) number * stride + 16);
    }

    /**
     * Lists records in order of insertion.
     *
     * @param from number of the first record
     * @param recordAddresses receives their addresses
     * @param keyAddresses receives where their keys begin
     * @param keyLengths receives the bytes of their keys
     * @return how many, at most as long as the arrays
     */
    public int list(int from, long[] recordAddresses, long[] keyAddresses, int[] keyLengths) {
        int count = Math.min(recordAddresses.length, size - from);
        for (int i = 0; i < count; i++) {
            recordAddresses[i] = record(from + i);
            keyAddresses[i] = key(from + i);
            keyLengths[i] = keyLength(from + i);
        }
        return count;
    }

    /** Removes all records; keeps the memory. */
    public void clear() {
        if (size > 0) {
            Arrays.fill(index, 0);
            Arrays.fill(tails, 0, Math.min(tails.length, size), 0);
            arena.clear();
            size = 0;
        }
    }

    private int number(long record) {
        return (int) ((record - fixedOffset - base) / stride);
    }

    @Override
    public long address(long record) {
        return arena.address((tails[number(record)] >>> 24) + 8);
    }

    @Override
    public int length(long record) {
        int number = number(record);
        long tail = number < tails.length ? tails[number] : 0;
        return tail == 0 ? 0 : Memory.getInt(arena.address(tail >>> 24));
    }

    /** Tails are kept in the arena as {@code length (4), room (4), bytes}; a position is shifted left by 24, plus 1. */
    @Override
    public void set(long record, long bytes, int length) {
        int number = number(record);
        if (number >= tails.length) {
            tails = Arrays.copyOf(tails, Math.max(capacity, number + 1));
        }
        long tail = tails[number];
        if (tail == 0 || Memory.getInt(arena.address(tail >>> 24) + 4) < length) {
            int room = length + (length >> 1) + 8;
            long position = arena.reserve(8 + room);
            Memory.putInt(arena.address(position) + 4, room);
            tail = (position << 24) | 1;
            tails[number] = tail;
        }
        long at = arena.address(tail >>> 24);
        Memory.putInt(at, length);
        Memory.copy(bytes, at + 8, length);
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
        arena.close();
        capacity = 0;
        size = 0;
    }
}
