package io.sabot.connectors.json;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The row images of one message: objects with the columns of a row, each with what it does, as texts that lie where a
 * decoder can read them. Reused from message to message.
 */
final class RowImages implements AutoCloseable {
    private static final int PADDING_BYTES = 64;

    private final BufferAllocator allocator;
    private ArrowBuf memory;
    private byte[] text = new byte[1 << 10];
    private int used;
    private byte[] kinds = new byte[4];
    private int[] ends = new int[4];
    long[] starts = new long[4];
    int[] lengths = new int[4];
    private int count;

    RowImages(BufferAllocator allocator) {
        this.allocator = allocator;
        this.memory = allocator.buffer(1 << 12);
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

    /** Adds an object that stands in {@code bytes}. */
    void add(RowKind kind, byte[] bytes, int from, int to) {
        append(bytes, from, to);
        end(kind);
    }

    /** Adds an object with the fields of {@code first}, and those of {@code rest} that it has not. */
    void addMerged(RowKind kind, byte[] bytes, int first, int firstEnd, int rest, int restEnd) {
        // Of fields that come twice the decoder takes the first
        append(bytes, first, firstEnd - 1);
        if (hasFields(bytes, first, firstEnd) && hasFields(bytes, rest, restEnd)) {
            append(new byte[] {','}, 0, 1);
        }
        append(bytes, rest + 1, restEnd);
        end(kind);
    }

    private static boolean hasFields(byte[] bytes, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (bytes[i] == '"') {
                return true;
            }
        }
        return false;
    }

    private void append(byte[] bytes, int from, int to) {
        int length = to - from;
        if (used + length > text.length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, used + length));
        }
        System.arraycopy(bytes, from, text, used, length);
        used += length;
    }

    private void end(RowKind kind) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
            starts = new long[count * 2];
            lengths = new int[count * 2];
        }
        kinds[count] = kind.code();
        ends[count++] = used;
    }

    /** Fills {@link #starts} and {@link #lengths}; to be called once behind the last image. */
    void seal() {
        if (used + PADDING_BYTES > memory.capacity()) {
            memory.close();
            memory = allocator.buffer((used + PADDING_BYTES) * 2L);
        }
        Memory.copy(text, 0, memory.memoryAddress(), used);
        Memory.fill(memory.memoryAddress() + used, PADDING_BYTES, (byte) 0);
        int start = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = memory.memoryAddress() + start;
            lengths[i] = ends[i] - start;
            start = ends[i];
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
