package io.sabot.executor.aggregate;

import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a record keeps, in its tail.
 *
 * <pre>
 *   │ length of text 0, plus 1; 0 = none (4) │ … │ text 0 │ text 1 │ …
 * </pre>
 */
final class TextSlots implements AutoCloseable {
    private final BufferAllocator allocator;
    private int slotCount;
    private @Nullable ArrowBuf scratch;

    TextSlots(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** One more text per record; its index. */
    int add() {
        return slotCount++;
    }

    int slotCount() {
        return slotCount;
    }

    /** Length of a text; -1 when there is none. */
    int length(Tails tails, long record, int slot) {
        return tails.length(record) == 0 ? -1 : Memory.getInt(tails.address(record) + slot * 4L) - 1;
    }

    /** Address of a text that is there. */
    long address(Tails tails, long record, int slot) {
        long tail = tails.address(record);
        long at = tail + slotCount * 4L;
        for (int s = 0; s < slot; s++) {
            at += Math.max(0, Memory.getInt(tail + s * 4L) - 1);
        }
        return at;
    }

    /** Replaces a text. The bytes must not lie in the record's own tail. */
    void set(Tails tails, long record, int slot, long bytes, int length) {
        int oldLength = tails.length(record);
        long old = oldLength == 0 ? 0 : tails.address(record);
        long bytesOfAll = slotCount * 4L + length;
        for (int s = 0; s < slotCount && old != 0; s++) {
            bytesOfAll += s == slot ? 0 : Math.max(0, Memory.getInt(old + s * 4L) - 1);
        }
        int total = ColumnLimit.value(bytesOfAll);
        long to = room(total);
        long at = to + slotCount * 4L;
        long from = old + slotCount * 4L;
        for (int s = 0; s < slotCount; s++) {
            int stored = old == 0 ? 0 : Memory.getInt(old + s * 4L);
            int oldBytes = Math.max(0, stored - 1);
            int newBytes = s == slot ? length : oldBytes;
            Memory.putInt(to + s * 4L, s == slot ? length + 1 : stored);
            if (newBytes > 0) {
                Memory.copy(s == slot ? bytes : from, at, newBytes);
            }
            at += newBytes;
            from += oldBytes;
        }
        tails.set(record, to, total);
    }

    private long room(int bytes) {
        if (scratch == null || scratch.capacity() < bytes) {
            close();
            scratch = allocator.buffer(Math.max(256L, bytes * 2L));
        }
        return scratch.memoryAddress();
    }

    @Override
    public void close() {
        if (scratch != null) {
            scratch.close();
            scratch = null;
        }
    }
}
