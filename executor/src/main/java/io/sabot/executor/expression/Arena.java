package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for what is computed within one batch: handed out piece by piece, taken back as a whole.
 *
 * <p>Pieces start at multiples of 8, have 8 readable and writable bytes behind them, and do not move.
 */
final class Arena implements AutoCloseable {
    /** A reset gives memory beyond this back, so that one odd batch does not hold it for ever. */
    private static final long KEPT = 16 << 20;

    private record Chunk(long address, long bytes) {}

    private final long chunkBytes;
    private final List<Chunk> chunks = new ArrayList<>();
    private long next;
    private long end;

    /** Memory that grows by at least {@code chunkBytes} at a time; none is taken before the first piece. */
    Arena(long chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    /** Memory of unknown content. */
    long allocate(long bytes) {
        long address = reserve(bytes);
        commit(bytes);
        return address;
    }

    /** Memory whose bytes are 0. */
    long allocateZeroed(long bytes) {
        long address = allocate(bytes);
        Memory.fill(address, bytes, (byte) 0);
        return address;
    }

    /** Memory for at most this many bytes, to be {@link #commit}ted before the next call. */
    long reserve(long bytes) {
        if (end - next < bytes + 16) {
            grow(bytes + 16);
        }
        return next;
    }

    /** Keeps the first bytes of what was reserved. */
    void commit(long bytes) {
        next += (bytes + 15) & -8L;
    }

    private void grow(long bytes) {
        long held = chunks.stream().mapToLong(Chunk::bytes).sum();
        add(Math.max(bytes, Math.max(chunkBytes, held)));
    }

    private void add(long bytes) {
        Chunk chunk = new Chunk(Memory.allocate(bytes), bytes);
        chunks.add(chunk);
        next = chunk.address();
        end = next + bytes;
    }

    /** Takes all memory back; a batch like the last one will fit in one chunk. */
    void reset() {
        if (chunks.size() > 1) {
            long held = chunks.stream().mapToLong(Chunk::bytes).sum();
            close();
            add(Math.min(held, KEPT));
        } else if (chunks.size() == 1) {
            next = chunks.get(0).address();
        }
    }

    @Override
    public void close() {
        chunks.forEach(chunk -> Memory.free(chunk.address()));
        chunks.clear();
        next = 0;
        end = 0;
    }
}
