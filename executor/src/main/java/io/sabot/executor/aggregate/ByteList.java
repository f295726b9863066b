package io.sabot.executor.aggregate;

import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Bytes without gaps in one growing buffer off the heap; its address changes when it grows. */
final class ByteList implements AutoCloseable {
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf buffer;
    private long base;
    private long capacity;
    private int length;

    ByteList(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    void clear() {
        length = 0;
    }

    long address() {
        return base;
    }

    int length() {
        return length;
    }

    /** Makes room for more bytes at the end; their content is undefined. Returns their address. */
    long extend(int bytes) {
        int needed = ColumnLimit.value((long) length + bytes);
        if (needed + 8L > capacity) {
            ArrowBuf larger = allocator.buffer(Math.max(256, needed * 2L));
            if (buffer != null) {
                Memory.copy(base, larger.memoryAddress(), length);
                buffer.close();
            }
            buffer = larger;
            base = larger.memoryAddress();
            capacity = larger.capacity();
        }
        long at = base + length;
        length = needed;
        return at;
    }

    void append(long bytes, int count) {
        Memory.copy(bytes, extend(count), count);
    }

    void appendInt(int value) {
        Memory.putInt(extend(4), value);
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
        base = 0;
        capacity = 0;
        length = 0;
    }
}
