package io.sabot.executor.rank;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.SortKeys;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** One byte string, kept while what it was copied from may change. */
final class KeptBytes implements AutoCloseable {
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf buffer;
    private int length = -1;

    KeptBytes(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Makes room for so many bytes, which the caller writes at the address returned. */
    long resize(int newLength) {
        ArrowBuf old = buffer;
        length = newLength;
        if (old != null && old.capacity() >= newLength) {
            return old.memoryAddress();
        }
        ArrowBuf larger = allocator.buffer(Math.max(256, newLength * 2L));
        if (old != null) {
            old.close();
        }
        buffer = larger;
        return larger.memoryAddress();
    }

    void set(long bytes, int newLength) {
        Memory.copy(bytes, resize(newLength), newLength);
    }

    void forget() {
        length = -1;
    }

    /** Whether these are the bytes kept; false when none are. */
    boolean isEqual(long bytes, int otherLength) {
        ArrowBuf kept = buffer;
        return length == otherLength
                && kept != null
                && SortKeys.compare(kept.memoryAddress(), length, bytes, otherLength) == 0;
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
        length = -1;
    }
}
