package io.sabot.executor.batch;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Room off-heap where bytes are put together before they are copied to where they stay. Allocates when it is first used. */
public final class Scratch implements AutoCloseable {
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf buffer;
    private long address;
    private long capacity;

    public Scratch(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Where so many bytes may be written; until more are asked for, it is the same place with the same bytes. */
    public long room(long bytes) {
        if (bytes > capacity) {
            grow(bytes);
        }
        return address;
    }

    private void grow(long bytes) {
        ArrowBuf larger = allocator.buffer(Math.max(256, bytes * 2));
        close();
        buffer = larger;
        address = larger.memoryAddress();
        capacity = larger.capacity();
    }

    @Override
    public void close() {
        ArrowBuf old = buffer;
        if (old != null) {
            buffer = null;
            capacity = 0;
            old.close();
        }
    }
}
