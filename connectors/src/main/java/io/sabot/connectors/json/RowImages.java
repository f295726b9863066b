package io.sabot.connectors.json;

import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The row images of one message: objects with the columns of a row, each with what it does. Most stand in the message
 * itself; those put together from two objects lie in memory of their own. Reused from message to message.
 */
final class RowImages implements AutoCloseable {
    private static final int PADDING_BYTES = 64;

    private final BufferAllocator allocator;
    private ArrowBuf memory;
    private byte[] kinds = new byte[4];
    private boolean[] merged = new boolean[4];
    /** Addresses; until {@link #seal}, of merged ones where they begin in the memory. */
    long[] starts = new long[4];

    int[] lengths = new int[4];
    private long used;
    private int count;

    RowImages(BufferAllocator allocator) {
        this.allocator = allocator;
        this.memory = allocator.buffer(1 << 10);
    }

    void clear() {
        used = 0;
        count = 0;
    }

    int count() {
        return count;
    }

    byte kind(int image) {
        return kinds[image];
    }

    /** Adds an object that stands at an address. */
    void add(RowKind kind, long from, long to) {
        add(kind, from, (int) (to - from), false);
    }

    private void add(RowKind kind, long start, int length, boolean isMerged) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            merged = Arrays.copyOf(merged, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        kinds[count] = kind.code();
        merged[count] = isMerged;
        starts[count] = start;
        lengths[count++] = length;
    }

    /** Adds an object with the fields of {@code first}, and those of {@code rest} that it has not. */
    void addMerged(RowKind kind, long first, long firstEnd, long rest, long restEnd) {
        long begin = used;
        // Of fields that come twice the decoder takes the first
        append(first, firstEnd - 1);
        if (hasFields(first, firstEnd) && hasFields(rest, restEnd)) {
            room(1);
            Memory.putByte(memory.memoryAddress() + used++, (byte) ',');
        }
        append(rest + 1, restEnd);
        add(kind, begin, ColumnLimit.value(used - begin), true);
    }

    private static boolean hasFields(long from, long to) {
        for (long at = from + 1; at < to; at++) {
            if (Memory.getByte(at) == '"') {
                return true;
            }
        }
        return false;
    }

    private void append(long from, long to) {
        int length = (int) (to - from);
        room(length);
        Memory.copy(from, memory.memoryAddress() + used, length);
        used += length;
    }

    private void room(int more) {
        long needed = used + more + PADDING_BYTES;
        if (needed > memory.capacity()) {
            ArrowBuf larger = allocator.buffer(needed * 2);
            Memory.copy(memory.memoryAddress(), larger.memoryAddress(), used);
            memory.close();
            memory = larger;
        }
    }

    /** Makes all {@link #starts} addresses; to be called once behind the last image. */
    void seal() {
        for (int i = 0; i < count; i++) {
            if (merged[i]) {
                starts[i] += memory.memoryAddress();
            }
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
