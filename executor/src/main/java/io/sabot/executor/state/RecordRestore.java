package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the stored pages of a record table into a task.
 *
 * <p>A page whose hashes are exactly a prefix within the task's range is adopted, clean. What does not fit (pages that a
 * task border cuts, or that ended at an old task border) is inserted record by record into the pages between, which are
 * dirty then; the old key, where it lies in this task's range, is written anew or deleted by the next checkpoint.
 */
final class RecordRestore implements AutoCloseable {
    private final PagedRecordTable table;
    private final HashPages pages;
    private final SlotLayout layout;
    private final KeyGroups.Range range;
    private final List<byte[]> misfits = new ArrayList<>();
    private final PageReader reader = new PageReader();

    RecordRestore(PagedRecordTable table, HashPages pages, SlotLayout layout, KeyGroups.Range range) {
        this.table = table;
        this.pages = pages;
        this.layout = layout;
        this.range = range;
        pages.letGo(false);
    }

    /** Takes one stored page of the table. */
    void add(byte[] key, byte[] value) {
        reader.open(value, FrozenRecords.KIND);
        long first = reader.getLong();
        long last = reader.getLong();
        if (Long.compareUnsigned(last, range.firstHash()) < 0 || Long.compareUnsigned(first, range.lastHash()) > 0) {
            return;
        }
        int depth = depthOfPrefix(first, last);
        if (depth < 0) {
            misfits.add(value);
            if (range.contains(first)) {
                pages.deleteStoredKey(key);
            }
            return;
        }
        int count = readShape();
        long entry = pages.adopt(first & ~PageDirectory.suffix(depth), depth, count);
        for (int i = 0; i < count; i++) {
            readRecord(entry);
        }
    }

    /** Depth of the prefix that covers exactly these hashes of the task; -1 when there is none. */
    private int depthOfPrefix(long first, long last) {
        for (int depth = 0; depth <= HashPages.MAX_DEPTH; depth++) {
            long start = first & ~PageDirectory.suffix(depth);
            long end = start | PageDirectory.suffix(depth);
            long clampedStart = Long.compareUnsigned(start, range.firstHash()) < 0 ? range.firstHash() : start;
            long clampedEnd = Long.compareUnsigned(end, range.lastHash()) > 0 ? range.lastHash() : end;
            if (clampedStart == first && clampedEnd == last) {
                return depth;
            }
        }
        return -1;
    }

    private int readShape() {
        int count = reader.getInt();
        int bodyBytes = reader.getInt();
        int fixedBytes = reader.getInt();
        int hasTail = reader.getInt();
        if (bodyBytes != layout.bodyBytes || fixedBytes != layout.fixedBytes || (hasTail == 1) != layout.hasTail) {
            throw new AssertionError("stored pages of table " + table.name() + " have another shape");
        }
        return count;
    }

    /** Reads one record into a page, or into whichever page it belongs to when {@code entry} is 0. */
    private void readRecord(long entry) {
        long hash = (long) reader.getInt() << 32;
        int keyLength = layout.variable ? reader.getInt() : 1 + layout.bodyBytes;
        long key = reader.getBytes(keyLength);
        long fixed = reader.getBytes(layout.fixedBytes);
        int tailLength = layout.hasTail ? reader.getInt() : 0;
        long tail = reader.getBytes(tailLength);
        if (entry == 0 && !range.contains(hash)) {
            return;
        }
        long keySlot = reader.keySlot(key, keyLength);
        long slot = entry == 0
                ? pages.resolve(hash, HashPages.want(hash, keySlot), keySlot, keyLength - 1)
                : pages.insertAdopted(entry, hash, keySlot, keyLength - 1);
        long record = slot + layout.fixedOffset;
        Memory.copy(fixed, record, layout.fixedBytes);
        if (tailLength > 0) {
            table.setTail(record, tail, tailLength);
        }
    }

    /** Ends: fills what no page covers and puts the records of misfits there. */
    void finish() {
        pages.fillHoles();
        for (byte[] page : misfits) {
            reader.open(page, FrozenRecords.KIND);
            reader.getLong();
            reader.getLong();
            int count = readShape();
            for (int i = 0; i < count; i++) {
                readRecord(0);
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
