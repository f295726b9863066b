package io.sabot.executor.join;

import io.sabot.executor.batch.Arena;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.SortKeys;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** The rows of one side that some keys have in a window, taken out of state. */
final class WindowRows implements AutoCloseable {
    private final Arena arena;
    private long[] positions = new long[64];
    private int[] lengths = new int[64];
    private boolean[] matched = new boolean[64];
    private int[] firsts = new int[64];
    private int count;
    private int keyCount;

    WindowRows(BufferAllocator allocator) {
        this.arena = new Arena(allocator);
    }

    void clear() {
        arena.clear();
        count = 0;
        keyCount = 0;
        firsts[0] = 0;
    }

    /** Takes the rows of the next key out of state. */
    void take(OrderedCursor cursor, KeyBatch keys, int key, long windowEnd, long orderKey) {
        cursor.seek(keys, key, orderKey, 8, Long.MIN_VALUE);
        while (cursor.next() && SortKeys.getLong(cursor.orderKeyAddress()) == windowEnd) {
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
                matched = Arrays.copyOf(matched, count * 2);
            }
            positions[count] = arena.append(cursor.rowAddress(), cursor.rowLength());
            lengths[count] = cursor.rowLength();
            matched[count++] = false;
            cursor.remove();
        }
        keyCount++;
        if (keyCount == firsts.length) {
            firsts = Arrays.copyOf(firsts, keyCount * 2);
        }
        firsts[keyCount] = count;
    }

    int count() {
        return count;
    }

    int first(int key) {
        return firsts[key];
    }

    int end(int key) {
        return firsts[key + 1];
    }

    long address(int row) {
        return arena.address(positions[row]);
    }

    int length(int row) {
        return lengths[row];
    }

    boolean isMatched(int row) {
        return matched[row];
    }

    void setMatched(int row) {
        matched[row] = true;
    }

    @Override
    public void close() {
        arena.close();
    }
}
