package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.zip.CRC32C;

/** Reads pages that {@link PageWriter} made, from an off-heap copy, so that tables take keys and rows by address. */
final class PageReader implements AutoCloseable {
    private long memory;
    private int capacity;
    private long at;
    private long end;
    private long slot;
    private int slotCapacity;

    /** Begins to read a page; what was read before is gone. */
    void open(byte[] page, byte kind) {
        if (page.length < 8) {
            throw damaged("it has " + page.length + " bytes");
        }
        CRC32C crc = new CRC32C();
        crc.update(page, 0, page.length - 4);
        if (page[0] != PageWriter.VERSION) {
            throw damaged("its format version is " + page[0] + ", this program reads " + PageWriter.VERSION);
        }
        if (page.length > capacity) {
            Memory.free(memory);
            capacity = Math.max(page.length, 16 << 10);
            memory = Memory.allocate(capacity);
        }
        Memory.copy(page, 0, memory, page.length);
        at = memory + 4;
        end = memory + page.length - 4;
        if (Memory.getInt(end) != (int) crc.getValue()) {
            throw damaged("its checksum does not fit");
        }
        if (page[1] != kind) {
            throw damaged("it is of kind " + page[1] + ", not " + kind);
        }
    }

    private static SabotException damaged(String why) {
        return SabotException.of(ErrorCode.IO_ERROR, "a page of a checkpoint cannot be read")
                .why(why)
                .hint("restore an older checkpoint");
    }

    int getInt() {
        int value = Memory.getInt(at);
        at += 4;
        return value;
    }

    long getLong() {
        long value = Memory.getLong(at);
        at += 8;
        return value;
    }

    /** Steps over bytes and tells where they are; valid until the next {@link #open}. */
    long getBytes(int length) {
        long bytes = at;
        at += length;
        if (length < 0 || at > end) {
            throw damaged("a length inside is too large");
        }
        return bytes;
    }

    /** Where reading goes on; for {@link #goTo}. */
    long position() {
        return at;
    }

    /** Goes back to a place in the same page. */
    void goTo(long position) {
        at = position;
    }

    /** Copies a key into the form that slots of a {@link KeyBatch} have: aligned and padded. Valid until the next call. */
    long keySlot(long key, int length) {
        int bytes = 8 + ((length + 6) & ~7);
        if (bytes > slotCapacity) {
            Memory.free(slot);
            slotCapacity = Math.max(64, bytes * 2);
            slot = Memory.allocate(slotCapacity);
        }
        Memory.putLong(slot, 0);
        Memory.putLong(slot + bytes - 8, 0);
        Memory.copy(key, slot + 7, length);
        return slot;
    }

    @Override
    public void close() {
        Memory.free(memory);
        Memory.free(slot);
        memory = 0;
        slot = 0;
        capacity = 0;
        slotCapacity = 0;
    }
}
