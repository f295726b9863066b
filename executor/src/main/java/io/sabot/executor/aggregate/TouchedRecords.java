package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The records that a batch touches, each once, with a copy of what each was before. Copies can be written out like records.
 *
 * <pre>
 *   copy:  │ fixed part │ position of the tail in the arena 8 │ length of the tail 8 │
 * </pre>
 */
final class TouchedRecords implements Tails, AutoCloseable {
    private final BufferAllocator allocator;
    private final int recordBytes;
    private final int stride;
    private final @Nullable Tails live;
    private final Arena arena;
    private long[] records = new long[256];
    private int[] firstRows = new int[256];
    private long[] index = new long[1024];
    private int[] stamps = new int[1024];
    private int stamp;
    private int count;
    private @Nullable ArrowBuf copies;
    private long base;
    private long end;

    /** @param live tails of the records themselves; null when records have none */
    TouchedRecords(BufferAllocator allocator, int recordBytes, @Nullable Tails live) {
        this.allocator = allocator;
        this.recordBytes = recordBytes;
        this.stride = recordBytes + 16;
        this.live = live;
        this.arena = new Arena(allocator);
    }

    /** Notes the records of the first rows. */
    void collect(long[] rowRecords, int rows) {
        begin(rows);
        int mask = index.length - 1;
        for (int row = 0; row < rows; row++) {
            long record = rowRecords[row];
            int at = (int) ((record * 0x9E37_79B9_7F4A_7C15L) >>> 40) & mask;
            while (stamps[at] == stamp && index[at] != record) {
                at = (at + 1) & mask;
            }
            if (stamps[at] != stamp) {
                stamps[at] = stamp;
                index[at] = record;
                records[count] = record;
                firstRows[count++] = row;
            }
        }
        copy();
    }

    private void begin(int most) {
        if (records.length < most) {
            records = new long[most];
            firstRows = new int[most];
        }
        if (index.length < most * 2) {
            index = new long[Integer.highestOneBit(most) * 4];
            stamps = new int[index.length];
            stamp = 0;
        }
        stamp++;
        count = 0;
        arena.clear();
    }

    private void copy() {
        long bytes = (long) count * stride;
        if (copies == null || copies.capacity() < bytes) {
            if (copies != null) {
                copies.close();
            }
            copies = allocator.buffer(Math.max(1024, bytes * 2));
        }
        base = copies.memoryAddress();
        end = base + bytes;
        for (int i = 0; i < count; i++) {
            long to = base + (long) i * stride;
            for (int word = 0; word < recordBytes; word += 8) {
                Memory.putLong(to + word, Memory.getLong(records[i] + word));
            }
            if (live != null) {
                int length = live.length(records[i]);
                Memory.putLong(to + recordBytes, length == 0 ? 0 : arena.append(live.address(records[i]), length));
                Memory.putLong(to + recordBytes + 8, length);
            }
        }
    }

    int count() {
        return count;
    }

    long record(int i) {
        return records[i];
    }

    /** The first row of the record, among those collected. */
    int firstRow(int i) {
        return firstRows[i];
    }

    /** What the record was. */
    long before(int i) {
        return base + (long) i * stride;
    }

    private boolean isCopy(long record) {
        return record >= base && record < end;
    }

    @Override
    public long address(long record) {
        if (isCopy(record)) {
            return arena.address(Memory.getLong(record + recordBytes));
        }
        return live().address(record);
    }

    @Override
    public int length(long record) {
        return isCopy(record) ? (int) Memory.getLong(record + recordBytes + 8) : live().length(record);
    }

    @Override
    public void set(long record, long bytes, int length) {
        throw new AssertionError("copies are not changed");
    }

    private Tails live() {
        Tails tails = live;
        if (tails == null) {
            throw new AssertionError("records without tails");
        }
        return tails;
    }

    @Override
    public void close() {
        if (copies != null) {
            copies.close();
            copies = null;
        }
        arena.close();
    }
}
