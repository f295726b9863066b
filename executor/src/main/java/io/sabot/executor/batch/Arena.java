package io.sabot.executor.batch;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Bytes one after the other in one growing buffer; named by position, since addresses change when it grows. */
public final class Arena implements AutoCloseable {
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf buffer;
    private long base;
    private long used;

    public Arena(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Address of a position, until the next {@link #reserve} or {@link #append}. */
    public long address(long position) {
        return base + position;
    }

    /** Takes bytes, aligned to 8; their content is undefined. */
    public long reserve(long bytes) {
        long position = used;
        used = (used + bytes + 7) & ~7L;
        if (buffer == null || used + 8 > buffer.capacity()) {
            ArrowBuf larger = allocator.buffer(Math.max(used + 8, Math.max(1024, position * 2)));
            if (buffer != null) {
                Memory.copy(base, larger.memoryAddress(), position);
                buffer.close();
            }
            buffer = larger;
            base = larger.memoryAddress();
        }
        return position;
    }

    /** Copies bytes; returns their position. */
    public long append(long bytes, int length) {
        long position = reserve(length);
        Memory.copy(bytes, base + position, length);
        return position;
    }

    /** Forgets all bytes; keeps the memory. */
    public void clear() {
        used = 0;
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
        base = 0;
        used = 0;
    }
}
