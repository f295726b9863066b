package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * The leaves of one ordered table by their lower bounds ("fences"), in two levels: chunks of leaves in a list.
 *
 * <p>A fence is the lowest key that a leaf may hold: a hash, and where the hash alone does not divide it from the leaf before,
 * a rest: partition, order key (both as {@link SortKeys#putBytes} writes them) and sequence, so that the bytes of fences
 * order as their keys do. Entries are described in {@link Page}. Positions count leaves from 0 as {@code chunk << 32 | index}; they are valid until a leaf is added or removed.
 */
final class LeafIndex {
    static final byte[] NO_REST = new byte[0];
    private static final int CHUNK = 256;

    private final List<Chunk> chunks = new ArrayList<>();

    static byte[] rest(long partition, int partitionLength, long order, int orderLength, long sequence) {
        int bytes = 2 * (partitionLength + orderLength) + 12;
        long memory = Memory.allocate(bytes);
        try {
            long at = memory + SortKeys.putBytes(memory, partition, partitionLength);
            at += SortKeys.putBytes(at, order, orderLength);
            SortKeys.putLong(at, sequence);
            byte[] rest = new byte[(int) (at + 8 - memory)];
            Memory.copy(memory, rest, 0, rest.length);
            return rest;
        } finally {
            Memory.free(memory);
        }
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    private Chunk chunk(long position) {
        return chunks.get((int) (position >>> 32));
    }

    long entry(long position) {
        return chunk(position).entries[(int) position];
    }

    void setEntry(long position, long entry) {
        chunk(position).entries[(int) position] = entry;
    }

    long hash(long position) {
        return chunk(position).hashes[(int) position];
    }

    byte[] rest(long position) {
        return chunk(position).rests[(int) position];
    }

    /** The last leaf whose fence is not above a key; the first leaf when there is none. */
    long find(EntryKey key) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            Chunk chunk = chunks.get(middle);
            if (key.compareFence(chunk.hashes[0], chunk.rests[0]) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return (long) low << 32 | chunks.get(low).find(key);
    }

    /** The position behind; -1 behind the last. */
    long next(long position) {
        if ((int) position + 1 < chunk(position).count) {
            return position + 1;
        }
        long nextChunk = (position >>> 32) + 1;
        return nextChunk < chunks.size() ? nextChunk << 32 : -1;
    }

    /** The position before; -1 before the first. */
    long previous(long position) {
        if ((int) position > 0) {
            return position - 1;
        }
        long chunk = (position >>> 32) - 1;
        return chunk < 0 ? -1 : chunk << 32 | (chunks.get((int) chunk).count - 1);
    }

    /** The first leaf; -1 when there is none. */
    long first() {
        return chunks.isEmpty() ? -1 : 0;
    }

    /** The last leaf. */
    long last() {
        return (long) (chunks.size() - 1) << 32 | (chunks.get(chunks.size() - 1).count - 1);
    }

    /** Adds a leaf behind all others. */
    void append(long hash, byte[] rest, long entry) {
        if (chunks.isEmpty() || chunks.get(chunks.size() - 1).count == CHUNK) {
            chunks.add(new Chunk());
        }
        Chunk last = chunks.get(chunks.size() - 1);
        last.insert(last.count, hash, rest, entry);
    }

    /** Adds a leaf right behind another. */
    void insertBehind(long position, long hash, byte[] rest, long entry) {
        Chunk chunk = chunk(position);
        int at = (int) position + 1;
        if (chunk.count == CHUNK) {
            Chunk upper = chunk.split();
            chunks.add((int) (position >>> 32) + 1, upper);
            if (at > chunk.count) {
                upper.insert(at - chunk.count, hash, rest, entry);
                return;
            }
        }
        chunk.insert(at, hash, rest, entry);
    }

    void remove(long position) {
        Chunk chunk = chunk(position);
        chunk.remove((int) position);
        if (chunk.count == 0) {
            chunks.remove((int) (position >>> 32));
        }
    }

    void clear() {
        chunks.clear();
    }

    /** A copy for a snapshot; afterwards no entry here is writable. */
    LeafIndex freeze() {
        LeafIndex copy = new LeafIndex();
        for (Chunk chunk : chunks) {
            for (int i = 0; i < chunk.count; i++) {
                chunk.entries[i] &= ~Page.WRITABLE;
            }
            copy.chunks.add(chunk.copy());
        }
        return copy;
    }

    private static final class Chunk {
        int count;
        final long[] entries;
        final long[] hashes;
        final byte[][] rests;

        Chunk() {
            this(new long[CHUNK], new long[CHUNK], new byte[CHUNK][], 0);
        }

        private Chunk(long[] entries, long[] hashes, byte[][] rests, int count) {
            this.entries = entries;
            this.hashes = hashes;
            this.rests = rests;
            this.count = count;
        }

        Chunk copy() {
            return new Chunk(entries.clone(), hashes.clone(), rests.clone(), count);
        }

        int find(EntryKey key) {
            int low = 0;
            int high = count - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (key.compareFence(hashes[middle], rests[middle]) <= 0) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        void insert(int at, long hash, byte[] rest, long entry) {
            System.arraycopy(entries, at, entries, at + 1, count - at);
            System.arraycopy(hashes, at, hashes, at + 1, count - at);
            System.arraycopy(rests, at, rests, at + 1, count - at);
            entries[at] = entry;
            hashes[at] = hash;
            rests[at] = rest;
            count++;
        }

        void remove(int at) {
            count--;
            System.arraycopy(entries, at + 1, entries, at, count - at);
            System.arraycopy(hashes, at + 1, hashes, at, count - at);
            System.arraycopy(rests, at + 1, rests, at, count - at);
        }

        Chunk split() {
            Chunk upper = new Chunk();
            int lower = count / 2;
            upper.count = count - lower;
            System.arraycopy(entries, lower, upper.entries, 0, upper.count);
            System.arraycopy(hashes, lower, upper.hashes, 0, upper.count);
            System.arraycopy(rests, lower, upper.rests, 0, upper.count);
            count = lower;
            return upper;
        }
    }
}
