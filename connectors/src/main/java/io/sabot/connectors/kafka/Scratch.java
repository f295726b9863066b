package io.sabot.connectors.kafka;

import io.sabot.executor.batch.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/** Keys or values of records, copied out of the heap for decoders, which read memory by address. Reused. */
final class Scratch implements AutoCloseable {
    private static final int PADDING_BYTES = 64;

    private final BufferAllocator allocator;
    private ArrowBuf bytes;
    private long used;
    long[] starts;
    int[] lengths;
    private int count;

    Scratch(BufferAllocator allocator, int records) {
        this.allocator = allocator;
        this.bytes = allocator.buffer(1 << 16);
        this.starts = new long[records];
        this.lengths = new int[records];
    }

    void clear() {
        used = 0;
        count = 0;
    }

    int count() {
        return count;
    }

    /** Appends a record. Its address is known after {@link #seal}. */
    void add(ByteBuffer record) {
        int length = record.remaining();
        ensure(length);
        if (record.hasArray()) {
            Memory.copy(record.array(), record.arrayOffset() + record.position(), bytes.memoryAddress() + used, length);
        } else {
            byte[] copy = new byte[length];
            record.duplicate().get(copy);
            Memory.copy(copy, 0, bytes.memoryAddress() + used, length);
        }
        lengths[count] = length;
        starts[count++] = used;
        used += length;
    }

    /** Appends an empty record, which stands for one that is not there. */
    void addMissing() {
        ensure(0);
        lengths[count] = 0;
        starts[count++] = used;
    }

    private void ensure(int more) {
        long needed = used + more + PADDING_BYTES;
        if (needed > bytes.capacity()) {
            ArrowBuf larger = allocator.buffer(Math.max(needed, bytes.capacity() * 2));
            Memory.copy(bytes.memoryAddress(), larger.memoryAddress(), used);
            bytes.close();
            bytes = larger;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
    }

    /** Turns what {@link #starts} holds into addresses; to be called once behind the last record. */
    void seal() {
        long base = bytes.memoryAddress();
        for (int i = 0; i < count; i++) {
            starts[i] += base;
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
