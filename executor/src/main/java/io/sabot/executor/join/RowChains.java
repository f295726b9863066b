package io.sabot.executor.join;

import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** Rows in memory, by number, each of which names another one: those of a key hang together, and the holder knows the first. */
final class RowChains implements AutoCloseable {
    /** Stands where there is no row. */
    static final int NONE = -1;

    private final Arena arena;
    private long[] positions = new long[64];
    private int[] lengths = new int[64];
    private int[] others = new int[64];
    private int count;

    RowChains(BufferAllocator allocator) {
        this.arena = new Arena(allocator);
    }

    /** Copies a row that stands before another one, or before {@link #NONE}. Returns its number. */
    int add(long address, int length, int next) {
        return note(arena.append(address, length), length, next);
    }

    /** The same for a row on the heap. */
    int add(byte[] row, int next) {
        long position = arena.reserve(row.length);
        Memory.copy(row, 0, arena.address(position), row.length);
        return note(position, row.length, next);
    }

    private int note(long position, int length, int next) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            others = Arrays.copyOf(others, count * 2);
        }
        positions[count] = position;
        lengths[count] = length;
        others[count] = next;
        return count++;
    }

    /** The row behind a row; {@link #NONE} behind the last. */
    int next(int row) {
        return others[row];
    }

    /** Where a row begins, until rows are added. */
    long address(int row) {
        return arena.address(positions[row]);
    }

    /** Bytes of a row. */
    int length(int row) {
        return lengths[row];
    }

    /** Forgets all rows; keeps the memory. */
    void clear() {
        arena.clear();
        count = 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
