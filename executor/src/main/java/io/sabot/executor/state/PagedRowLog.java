package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.Arrays;

/**
 * {@link RowLog} over pages in a row: rows are appended to the last page, which grows from 256 bytes to 4 KiB; pages whose
 * rows are all too old go from the front.
 *
 * <pre>
 *   page:  header (start: bytes in use, extra: newest time) │ row │ row │ …
 *   row:   │ hash 8 │ time 8 │ key length 4 │ row length 4 │ in block? 8 │ fixed part │ key, row; padded to 8 (or block address) │
 *   id:    page number (from 1), 20 bits: offset of the row in the page in units of 8
 * </pre>
 *
 * <p>A row lies at the same offset when the page is read back, so ids last as long as the pages.
 */
final class PagedRowLog implements RowLog, PagedTable {
    static final int ROW_HEAD = 32;
    private static final int OFFSET_BITS = 20;
    private static final int MAX_INLINE = 512;

    private final String name;
    private final int tableId;
    private final RowLogSpec spec;
    private final int fixedBytes;
    private final PageStore store;
    private final KeyGroups.Range range;
    /** Pages {@code firstPage} to {@code firstPage + pageCount - 1}, from {@code head} on. */
    private long[] entries = new long[16];

    private int head;
    private int pageCount;
    private long firstPage = 1;
    private long size;
    /** Whether a row was ever too long for its page; without that pages are dropped without a look at their rows. */
    private boolean hasBlocks;

    PagedRowLog(String name, int tableId, RowLogSpec spec, PageStore store, KeyGroups.Range range) {
        this.name = name;
        this.tableId = tableId;
        this.spec = spec;
        this.fixedBytes = spec.fixedBytes();
        this.store = store;
        this.range = range;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RowLogSpec spec() {
        return spec;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long firstId() {
        return firstPage << OFFSET_BITS;
    }

    @Override
    public long append(KeyBatch keys, int key, long time, long row, int rowLength) {
        return append(keys.hash(key), keys.address(key), keys.length(key), time, row, rowLength);
    }

    private long append(long hash, long key, int keyLength, long time, long row, int rowLength) {
        long variableBytes = (long) keyLength + rowLength;
        if (variableBytes > Blocks.MAX_LENGTH) {
            throw new IllegalArgumentException("a row of " + variableBytes + " bytes is too long for state");
        }
        int bytes = rowBytes(variableBytes);
        long page = pageFor(bytes);
        long at = page + Page.start(page);
        boolean inBlock = variableBytes > MAX_INLINE;
        if (inBlock) {
            hasBlocks = true;
            Memory.putLong(at + ROW_HEAD + fixedBytes, Blocks.allocate(store, (int) variableBytes, name));
        }
        Memory.putLong(at, hash);
        Memory.putLong(at + 8, time);
        Memory.putInt(at + 16, keyLength);
        Memory.putInt(at + 20, rowLength);
        Memory.putLong(at + 24, inBlock ? 1 : 0);
        long variable = variable(at);
        Memory.copy(key, variable, keyLength);
        if (rowLength > 0) {
            Memory.copy(row, variable + keyLength, rowLength);
        }
        if (Page.count(page) == 0 || time > Page.extra(page)) {
            Page.setExtra(page, time);
        }
        Page.setCount(page, Page.count(page) + 1);
        Page.setStart(page, Page.start(page) + bytes);
        size++;
        return idOf(firstPage + pageCount - 1, at - page);
    }

    private int rowBytes(long variableBytes) {
        return ROW_HEAD + fixedBytes + (variableBytes > MAX_INLINE ? 8 : (int) (variableBytes + 7) & ~7);
    }

    private long variable(long row) {
        long variable = row + ROW_HEAD + fixedBytes;
        return Memory.getLong(row + 24) != 0 ? Blocks.bytes(Memory.getLong(variable)) : variable;
    }

    /** The last page, writable and with room for a row. */
    private long pageFor(int rowBytes) {
        if (pageCount > 0) {
            int last = head + pageCount - 1;
            long page = writablePage(last);
            int sizeClass = Page.sizeClass(entries[last]);
            long needed = Page.start(page) + rowBytes;
            if (needed <= Page.bytes(sizeClass)) {
                return page;
            }
            if (needed <= Page.bytes(FULL_CLASS)) {
                return growLast(last, (int) needed);
            }
        }
        return addPage(classFor(pageCount == 0 ? Page.HEADER_BYTES + rowBytes : Page.bytes(FULL_CLASS)));
    }

    /** Pages of this class are not made larger; a row with its fixed part always fits. */
    static final int FULL_CLASS = 4;

    private static int classFor(int bytes) {
        int sizeClass = 0;
        while (Page.bytes(sizeClass) < bytes) {
            sizeClass++;
        }
        return sizeClass;
    }

    private long growLast(int last, int neededBytes) {
        long entry = entries[last];
        long page = Page.address(entry);
        long grown = Page.allocate(store, classFor(neededBytes), name);
        long to = Page.address(grown);
        Memory.copy(page + Page.HEADER_BYTES, to + Page.HEADER_BYTES, Page.start(page) - Page.HEADER_BYTES);
        Page.setStart(to, Page.start(page));
        Page.setExtra(to, Page.extra(page));
        Page.setCount(to, Page.count(page));
        Page.setCreatedIn(to, Page.createdIn(page));
        entries[last] = grown;
        Page.retire(store, entry);
        return to;
    }

    private long addPage(int sizeClass) {
        long entry = Page.allocate(store, sizeClass, name);
        Page.setStart(Page.address(entry), Page.HEADER_BYTES);
        if (head + pageCount == entries.length) {
            long[] moved = pageCount > entries.length / 2 ? new long[entries.length * 2] : entries;
            System.arraycopy(entries, head, moved, 0, pageCount);
            entries = moved;
            head = 0;
        }
        entries[head + pageCount] = entry;
        pageCount++;
        return Page.address(entry);
    }

    private long writablePage(int at) {
        long entry = entries[at];
        if (!Page.isWritable(entry)) {
            entry = Page.unshare(store, entry, name);
            entries[at] = entry;
        }
        return Page.address(entry);
    }

    private int indexOf(long id) {
        long page = (id >>> OFFSET_BITS) - firstPage;
        return page < 0 || page >= pageCount ? -1 : head + (int) page;
    }

    private static long idOf(long pageNumber, long offset) {
        return (pageNumber << OFFSET_BITS) | (offset >>> 3);
    }

    private static long offset(long id) {
        return (id & (1 << OFFSET_BITS) - 1) << 3;
    }

    @Override
    public long find(long id) {
        int at = indexOf(id);
        return at < 0 ? 0 : Page.address(entries[at]) + offset(id) + ROW_HEAD;
    }

    @Override
    public long writable(long id) {
        int at = indexOf(id);
        return at < 0 ? 0 : writablePage(at) + offset(id) + ROW_HEAD;
    }

    @Override
    public long time(long address) {
        return Memory.getLong(address - ROW_HEAD + 8);
    }

    @Override
    public long rowAddress(long address) {
        return keyAddress(address) + keyLength(address);
    }

    @Override
    public int rowLength(long address) {
        return Memory.getInt(address - ROW_HEAD + 20);
    }

    @Override
    public long keyAddress(long address) {
        return variable(address - ROW_HEAD);
    }

    @Override
    public int keyLength(long address) {
        return Memory.getInt(address - ROW_HEAD + 16);
    }

    @Override
    public void expireBefore(long time) {
        while (pageCount > 0 && Page.extra(Page.address(entries[head])) < time) {
            dropFirst(true);
        }
    }

    private void dropFirst(boolean forGood) {
        long entry = entries[head];
        long page = Page.address(entry);
        long end = page + Page.start(page);
        for (long row = page + Page.HEADER_BYTES; hasBlocks && row < end; row += rowBytesAt(row)) {
            if (Memory.getLong(row + 24) != 0) {
                Blocks.retire(store, Memory.getLong(row + ROW_HEAD + fixedBytes));
            }
        }
        if (forGood && store.mayBeStored(Page.createdIn(page))) {
            store.delete(FrozenLog.storedKey(tableId, range.firstHash(), firstPage));
        }
        size -= Page.count(page);
        Page.retire(store, entry);
        head++;
        firstPage++;
        pageCount--;
    }

    private int rowBytesAt(long row) {
        return rowBytes((long) Memory.getInt(row + 16) + Memory.getInt(row + 20));
    }

    @Override
    public RowLogCursor scan() {
        return new Cursor();
    }

    @Override
    public void clear() {
        while (pageCount > 0) {
            dropFirst(true);
        }
    }

    @Override
    public void close() {
        while (pageCount > 0) {
            dropFirst(false);
        }
    }

    // ---- checkpoints

    @Override
    public Frozen freezePages() {
        for (int i = head; i < head + pageCount; i++) {
            entries[i] &= ~Page.WRITABLE;
        }
        long[] frozen = Arrays.copyOfRange(entries, head, head + pageCount);
        return new FrozenLog(tableId, fixedBytes, range, frozen, firstPage);
    }

    /**
     * Pages of a task with the same key groups are taken as they are. Otherwise the rows inside are appended anew, those of
     * one old task after those of another, each in their order.
     */
    @Override
    public void restore(StoredPages pages) {
        try (PageReader reader = new PageReader()) {
            StoredKeys keys = StoredKeys.ofTable(tableId);
            boolean[] fits = {true};
            pages.scan(keys.first(), keys.end(), false, (key, value) -> {
                reader.open(value, FrozenLog.KIND);
                long first = reader.getLong();
                long last = reader.getLong();
                fits[0] &= !overlaps(first, last) || (first == range.firstHash() && last == range.lastHash());
            });
            pages.scan(keys.first(), keys.end(), false, (key, value) -> restorePage(reader, key, value, fits[0]));
        }
    }

    private boolean overlaps(long first, long last) {
        return Long.compareUnsigned(first, range.lastHash()) <= 0 && Long.compareUnsigned(last, range.firstHash()) >= 0;
    }

    private void restorePage(PageReader reader, byte[] key, byte[] value, boolean fits) {
        reader.open(value, FrozenLog.KIND);
        long first = reader.getLong();
        long last = reader.getLong();
        if (!overlaps(first, last)) {
            return;
        }
        long pageNumber = reader.getLong();
        if (reader.getInt() != fixedBytes) {
            throw new AssertionError("stored pages of table " + name + " have another shape");
        }
        int count = reader.getInt();
        int bytes = reader.getInt();
        if (fits) {
            if (pageCount == 0) {
                firstPage = pageNumber;
            }
            assert pageNumber == firstPage + pageCount : "a page of log " + name + " is missing";
            addPage(classFor(bytes));
        } else if (range.contains(first)) {
            store.delete(key);
        }
        for (int i = 0; i < count; i++) {
            restoreRow(reader);
        }
        if (fits) {
            int at = head + pageCount - 1;
            entries[at] &= ~Page.WRITABLE;
            Page.setCreatedIn(Page.address(entries[at]), 0);
            Page.setChangedIn(Page.address(entries[at]), 0);
        }
    }

    private void restoreRow(PageReader reader) {
        long hash = reader.getLong();
        long time = reader.getLong();
        int keyLength = reader.getInt();
        int rowLength = reader.getInt();
        long fixed = reader.getBytes(fixedBytes);
        long key = reader.getBytes(keyLength);
        long row = reader.getBytes(rowLength);
        if (range.contains(hash)) {
            Memory.copy(fixed, find(append(hash, key, keyLength, time, row, rowLength)), fixedBytes);
        }
    }

    private final class Cursor implements RowLogCursor {
        private int page = head - 1;
        private long row;
        private long end;
        private long pageAddress;

        @Override
        public boolean next() {
            if (row != 0) {
                // the page may have been copied when its row was written
                long offset = row - pageAddress;
                open();
                row = pageAddress + offset + rowBytesAt(pageAddress + offset);
            }
            while (row == 0 || row >= end) {
                if (page + 1 >= head + pageCount) {
                    return false;
                }
                page++;
                open();
                row = pageAddress + Page.HEADER_BYTES;
            }
            return true;
        }

        private void open() {
            pageAddress = Page.address(entries[page]);
            end = pageAddress + Page.start(pageAddress);
        }

        @Override
        public long id() {
            return idOf(firstPage + (page - head), row - pageAddress);
        }

        @Override
        public long address() {
            return row + ROW_HEAD;
        }
    }
}
