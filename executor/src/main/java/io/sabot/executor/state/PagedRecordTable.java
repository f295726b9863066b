package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import org.jspecify.annotations.Nullable;

/**
 * {@link RecordTable} over hash pages: a directory by hash prefix ({@link PageDirectory}), slots in pages ({@link
 * SlotLayout}). The first page has 256 bytes and doubles up to 4 KiB; then pages split by the next bit of the hash, so
 * growth costs two pages at a time and nothing is rehashed.
 */
final class PagedRecordTable implements RecordTable, PagedTable {
    static final int MAX_DEPTH = 28;

    /** Bytes of tails that a page may carry on average before it splits: they are written with it. */
    private static final long TAIL_BYTES_PER_PAGE = 32 << 10;
    /** Bits by which the directory may be finer than its pages need, before pages grow instead of splitting. */
    private static final int SPARE_DEPTH = 9;

    private final String name;
    private final RecordSpec spec;
    private final SlotLayout layout;
    private final PageStore store;
    private final KeyGroups.Range range;
    private final StoredKeys storedKeys;
    private final PageDirectory directory = new PageDirectory();
    private long size;
    private long tailBytes;
    private int pageCount;
    private int layoutChanges;

    PagedRecordTable(
            String name,
            RecordSpec spec,
            SlotLayout layout,
            PageStore store,
            KeyGroups.Range range,
            StoredKeys storedKeys) {
        this.name = name;
        this.spec = spec;
        this.layout = layout;
        this.store = store;
        this.range = range;
        this.storedKeys = storedKeys;
        addFirstPage();
    }

    private void addFirstPage() {
        long entry = Page.allocate(store, layout.smallestClass, name);
        directory.set(0, 0, entry);
        pageCount = 1;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RecordSpec spec() {
        return spec;
    }

    @Override
    public long size() {
        return size;
    }

    // ---- batches

    @Override
    public int resolve(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows) {
        assert keys.layout().equals(spec.keys()) : "keys of another layout";
        int changesBefore = layoutChanges;
        int inserted = layout.variable
                ? resolveVariable(keys, recordAddresses, newRows)
                : layout.bodyWords == 1
                        ? resolveWord(keys, recordAddresses, newRows)
                        : resolveWords(keys, recordAddresses, newRows);
        if (layoutChanges != changesBefore) {
            // pages grew or split on the way, so records moved; now all keys are there and nothing moves again
            find(keys, recordAddresses);
        }
        return inserted;
    }

    /** Keys of one word (BIGINT, TIMESTAMP, INT …): the loop that matters most. */
    private int resolveWord(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows) {
        int count = keys.count();
        long[] hashes = keys.hashes();
        long keySlot = keys.base();
        int stride = layout.stride;
        int[] slots = layout.slots;
        long[] entries = directory.entries();
        int shift = directory.shift();
        int inserted = 0;
        for (int i = 0; i < count; i++, keySlot += 16) {
            long hash = hashes[i];
            long entry = entries[(int) ((hash >>> 1) >>> shift)];
            long want = (hash >>> 32) | SlotLayout.USED | Memory.getLong(keySlot);
            long word = Memory.getLong(keySlot + 8);
            if (Page.isWritable(entry)) {
                int slotCount = slots[Page.sizeClass(entry)];
                long first = Page.address(entry) + Page.HEADER_BYTES;
                long slot = first + (long) SlotLayout.home(want, slotCount) * stride;
                long end = first + (long) slotCount * stride;
                long meta = Memory.getLong(slot);
                while (meta != 0 && (((meta ^ want) & SlotLayout.KEY_MASK) != 0 || Memory.getLong(slot + 8) != word)) {
                    slot += stride;
                    if (slot == end) {
                        slot = first;
                    }
                    meta = Memory.getLong(slot);
                }
                if (meta != 0) {
                    recordAddresses[i] = slot + 16;
                    continue;
                }
            }
            long before = size;
            recordAddresses[i] = resolveSlowly(hash, want, keySlot, 8);
            entries = directory.entries();
            shift = directory.shift();
            if (size != before) {
                if (newRows != null) {
                    newRows[inserted] = i;
                }
                inserted++;
            }
        }
        return inserted;
    }

    private int resolveWords(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows) {
        int count = keys.count();
        int bodyLength = spec.keys().bodyBytes();
        int inserted = 0;
        for (int i = 0; i < count; i++) {
            long before = size;
            recordAddresses[i] = resolveOne(keys.hash(i), keys.slot(i), bodyLength);
            if (size != before) {
                if (newRows != null) {
                    newRows[inserted] = i;
                }
                inserted++;
            }
        }
        return inserted;
    }

    private int resolveVariable(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows) {
        int count = keys.count();
        int inserted = 0;
        for (int i = 0; i < count; i++) {
            long before = size;
            recordAddresses[i] = resolveOne(keys.hash(i), keys.slot(i), keys.length(i) - 1);
            if (size != before) {
                if (newRows != null) {
                    newRows[inserted] = i;
                }
                inserted++;
            }
        }
        return inserted;
    }

    private long resolveOne(long hash, long keySlot, int bodyLength) {
        long want = want(hash, keySlot);
        long entry = directory.entry(directory.index(hash));
        if (Page.isWritable(entry)) {
            long slot = layout.find(Page.address(entry), Page.sizeClass(entry), want, keySlot, bodyLength);
            if (slot != 0) {
                return slot + layout.fixedOffset;
            }
        }
        return resolveSlowly(hash, want, keySlot, bodyLength);
    }

    private static long want(long hash, long keySlot) {
        return (hash >>> 32) | SlotLayout.USED | (Memory.getLong(keySlot) & 0xFF00_0000_0000_0000L);
    }

    /** The page is not writable, or the key is not there. */
    private long resolveSlowly(long hash, long want, long keySlot, int bodyLength) {
        long entry = writable(directory.index(hash));
        long slot = layout.find(Page.address(entry), Page.sizeClass(entry), want, keySlot, bodyLength);
        if (slot == 0) {
            while (Page.count(Page.address(entry)) >= limit(entry)) {
                makeRoom(entry);
                entry = directory.entry(directory.index(hash));
            }
            slot = layout.insert(store, name, entry, want, keySlot, bodyLength);
            size++;
        }
        return slot + layout.fixedOffset;
    }

    @Override
    public void find(KeyBatch keys, long[] recordAddresses) {
        assert keys.layout().equals(spec.keys()) : "keys of another layout";
        find(layout, directory.entries(), directory.shift(), keys, recordAddresses);
    }

    static void find(SlotLayout layout, long[] entries, int shift, KeyBatch keys, long[] recordAddresses) {
        int count = keys.count();
        for (int i = 0; i < count; i++) {
            long hash = keys.hash(i);
            long entry = entries[(int) ((hash >>> 1) >>> shift)];
            long keySlot = keys.slot(i);
            long slot = entry == 0
                    ? 0
                    : layout.find(
                            Page.address(entry),
                            Page.sizeClass(entry),
                            want(hash, keySlot),
                            keySlot,
                            keys.length(i) - 1);
            recordAddresses[i] = slot == 0 ? 0 : slot + layout.fixedOffset;
        }
    }

    @Override
    public int remove(KeyBatch keys) {
        int removed = 0;
        for (int i = 0; i < keys.count(); i++) {
            removed += removeOne(keys, i);
        }
        return removed;
    }

    @Override
    public int remove(KeyBatch keys, int[] rows, int rowCount) {
        int removed = 0;
        for (int i = 0; i < rowCount; i++) {
            removed += removeOne(keys, rows[i]);
        }
        return removed;
    }

    private int removeOne(KeyBatch keys, int i) {
        assert keys.layout().equals(spec.keys()) : "keys of another layout";
        long hash = keys.hash(i);
        int index = directory.index(hash);
        long entry = directory.entry(index);
        long keySlot = keys.slot(i);
        long want = want(hash, keySlot);
        int bodyLength = keys.length(i) - 1;
        if (entry == 0 || layout.find(Page.address(entry), Page.sizeClass(entry), want, keySlot, bodyLength) == 0) {
            return 0;
        }
        entry = writable(index);
        long slot = layout.find(Page.address(entry), Page.sizeClass(entry), want, keySlot, bodyLength);
        if (layout.hasTail) {
            tailBytes -= layout.tailLength(slot);
        }
        layout.remove(store, entry, slot);
        size--;
        shrink(entry);
        return 1;
    }

    // ---- tails and keys

    @Override
    public void setTail(long recordAddress, long bytes, int length) {
        long slot = recordAddress - layout.fixedOffset;
        long reference = slot + layout.tailOffset;
        long block = Memory.getLong(reference);
        if (length == 0 || block == 0 || !Blocks.canHold(store, block, length)) {
            long fresh = length == 0 ? 0 : Blocks.allocate(store, length, name);
            if (block != 0) {
                Blocks.retire(store, block);
            }
            block = fresh;
            Memory.putLong(reference, block);
        }
        if (length > 0) {
            Memory.copy(bytes, Blocks.bytes(block), length);
        }
        tailBytes += length - Memory.getInt(reference + 8);
        Memory.putInt(reference + 8, length);
    }

    @Override
    public long tailAddress(long recordAddress) {
        return layout.tailAddress(recordAddress - layout.fixedOffset);
    }

    @Override
    public int tailLength(long recordAddress) {
        return layout.tailLength(recordAddress - layout.fixedOffset);
    }

    @Override
    public long keyAddress(long recordAddress) {
        return layout.keyAddress(recordAddress - layout.fixedOffset);
    }

    @Override
    public int keyLength(long recordAddress) {
        return layout.keyLength(recordAddress - layout.fixedOffset);
    }

    @Override
    public RecordCursor scan() {
        return scan(range);
    }

    @Override
    public RecordCursor scan(KeyGroups.Range groups) {
        return new PagedRecordCursor(layout, directory.entries(), directory.depth(), groups);
    }

    @Override
    public RecordSnapshot snapshot() {
        long generation = store.freeze();
        return new PagedRecordSnapshot(
                layout, directory.freeze(), directory.depth(), size, range, () -> store.thaw(generation));
    }

    // ---- pages

    /** The entry of a page that may be written. */
    private long writable(int index) {
        long entry = directory.entry(index);
        if (Page.isWritable(entry)) {
            return entry;
        }
        if (entry == 0) {
            throw new AssertionError("key outside of the key groups of table " + name);
        }
        long page = Page.address(entry);
        long start = Page.start(page);
        int depth = Page.depth(page);
        long writable = Page.unshare(store, entry, name);
        directory.set(start, depth, writable);
        return writable;
    }

    private int limit(long entry) {
        int limit = layout.limit(Page.sizeClass(entry));
        if (tailBytes > size * 64 && maySplit(Page.address(entry))) {
            long averageTail = tailBytes / size;
            return (int) Math.min(limit, Math.max(4, TAIL_BYTES_PER_PAGE / averageTail));
        }
        return limit;
    }

    private void makeRoom(long entry) {
        int sizeClass = Page.sizeClass(entry);
        long page = Page.address(entry);
        boolean tooManyTails = Page.count(page) < layout.limit(sizeClass);
        if ((sizeClass < layout.fullClass && !tooManyTails) || !maySplit(page)) {
            if (sizeClass == Page.LARGEST_CLASS) {
                throw new AssertionError("too many keys with one hash in table " + name);
            }
            resize(entry, sizeClass + 1);
        } else {
            split(entry);
        }
    }

    private boolean maySplit(long page) {
        int pageBits = 32 - Integer.numberOfLeadingZeros(pageCount);
        return Page.depth(page) < Math.min(MAX_DEPTH, pageBits + SPARE_DEPTH);
    }

    /** Moves all records of a page into a new one of another size. */
    private void resize(long entry, int sizeClass) {
        long page = Page.address(entry);
        long resized = Page.allocate(store, sizeClass, name);
        takeOver(resized, page, Page.start(page), Page.depth(page));
        layout.copyAll(entry, resized);
        directory.set(Page.start(page), Page.depth(page), resized);
        Page.retire(store, entry);
        layoutChanges++;
    }

    private static void takeOver(long entry, long from, long start, int depth) {
        long page = Page.address(entry);
        Page.setStart(page, start);
        Page.setDepth(page, depth);
        Page.setCreatedIn(page, Page.createdIn(from));
    }

    /** Splits a page in two by the next bit of the hash. The lower half keeps the stored key. */
    private void split(long entry) {
        layoutChanges++;
        long page = Page.address(entry);
        int depth = Page.depth(page) + 1;
        long start = Page.start(page);
        long upperStart = start | 1L << (64 - depth);
        if (isOutside(start, depth) || isOutside(upperStart, depth)) {
            // one half belongs to another task: nothing to move
            boolean keepUpper = isOutside(start, depth);
            Page.setDepth(page, depth);
            Page.setStart(page, keepUpper ? upperStart : start);
            directory.set(start, depth, keepUpper ? 0 : entry);
            directory.set(upperStart, depth, keepUpper ? entry : 0);
            return;
        }
        int sizeClass = Page.sizeClass(entry);
        long lower = Page.allocate(store, sizeClass, name);
        long upper = allocateOr(lower, sizeClass);
        takeOver(lower, page, start, depth);
        Page.setStart(Page.address(upper), upperStart);
        Page.setDepth(Page.address(upper), depth);
        long bit = 1L << (32 - depth);
        long end = layout.end(page, sizeClass);
        for (long slot = SlotLayout.firstSlot(page); slot < end; slot += layout.stride) {
            long meta = Memory.getLong(slot);
            if (meta != 0) {
                layout.copyRecord(slot, (meta & bit) == 0 ? lower : upper);
            }
        }
        directory.set(start, depth, lower);
        directory.set(upperStart, depth, upper);
        Page.retire(store, entry);
        pageCount++;
    }

    private long allocateOr(long allocatedBefore, int sizeClass) {
        try {
            return Page.allocate(store, sizeClass, name);
        } catch (RuntimeException e) {
            Page.retire(store, allocatedBefore);
            throw e;
        }
    }

    private boolean isOutside(long start, int depth) {
        long last = start | PageDirectory.suffix(depth);
        return Long.compareUnsigned(last, range.firstHash()) < 0 || Long.compareUnsigned(start, range.lastHash()) > 0;
    }

    /** After a removal: merges a page with its neighbour, or makes it smaller. */
    private void shrink(long entry) {
        long page = Page.address(entry);
        int sizeClass = Page.sizeClass(entry);
        int count = Page.count(page);
        if (count > layout.limit(sizeClass) / 4) {
            return;
        }
        int depth = Page.depth(page);
        if (depth > 0) {
            long bit = 1L << (64 - depth);
            long other = directory.entry(directory.index(Page.start(page) ^ bit));
            if (other != 0
                    && Page.depth(Page.address(other)) == depth
                    && count + Page.count(Page.address(other)) <= layout.limit(layout.fullClass) / 2) {
                boolean isUpper = (Page.start(page) & bit) != 0;
                merge(isUpper ? other : entry, isUpper ? entry : other);
                return;
            }
        }
        if (sizeClass > layout.smallestClass && count <= layout.limit(sizeClass - 1) / 2) {
            resize(entry, sizeClass - 1);
        }
    }

    private void merge(long lowerEntry, long upperEntry) {
        layoutChanges++;
        long lower = Page.address(lowerEntry);
        long upper = Page.address(upperEntry);
        int count = Page.count(lower) + Page.count(upper);
        int sizeClass = layout.smallestClass;
        while (layout.limit(sizeClass) < count) {
            sizeClass++;
        }
        long merged = Page.allocate(store, sizeClass, name);
        takeOver(merged, lower, Page.start(lower), Page.depth(lower) - 1);
        layout.copyAll(lowerEntry, merged);
        layout.copyAll(upperEntry, merged);
        deleteStored(upper);
        directory.set(Page.start(lower), Page.depth(lower) - 1, merged);
        Page.retire(store, lowerEntry);
        Page.retire(store, upperEntry);
        pageCount--;
    }

    private void deleteStored(long page) {
        if (store.mayBeStored(Page.createdIn(page))) {
            store.delete(storedKeys.of(FrozenRecords.firstHash(range, page)));
        }
    }

    @Override
    public void clear() {
        letGo(true);
        addFirstPage();
    }

    /** Lets go of all pages; {@code forGood} also from the next checkpoint. */
    void letGo(boolean forGood) {
        long[] entries = directory.entries();
        for (int i = 0; i < entries.length; ) {
            int next = PageDirectory.next(entries, directory.depth(), i);
            if (entries[i] != 0) {
                letGoPage(entries[i], forGood);
            }
            i = next;
        }
        directory.clear();
        size = 0;
        tailBytes = 0;
        pageCount = 0;
    }

    private void letGoPage(long entry, boolean forGood) {
        long page = Page.address(entry);
        if (layout.hasBlocks()) {
            long end = layout.end(page, Page.sizeClass(entry));
            for (long slot = SlotLayout.firstSlot(page); slot < end; slot += layout.stride) {
                if (Memory.getLong(slot) != 0) {
                    layout.retireBlocks(store, slot);
                }
            }
        }
        if (forGood) {
            deleteStored(page);
        }
        Page.retire(store, entry);
    }

    // ---- checkpoints

    @Override
    public Frozen freezePages() {
        return new FrozenRecords(layout, directory.freeze(), directory.depth(), range, storedKeys);
    }

    @Override
    public void restore(StoredPages pages) {
        try (RecordRestore restore = new RecordRestore(this, layout, range)) {
            byte[] from = storedKeys.of(range.firstHash());
            pages.scan(from, storedKeys.behind(range.lastHash()), true, (key, value) -> {
                if (storedKeys.owns(key)) {
                    restore.add(key, value);
                }
            });
            restore.finish();
        }
    }

    void beginRestore() {
        letGo(false);
    }

    void deleteStoredKey(byte[] key) {
        store.delete(key);
    }

    /** Makes the page of a stored prefix, clean, with room for its records. */
    long adopt(long start, int depth, int count) {
        int sizeClass = layout.smallestClass;
        while (layout.limit(sizeClass) < count) {
            sizeClass++;
        }
        long entry = Page.allocate(store, sizeClass, name) & ~Page.WRITABLE;
        long page = Page.address(entry);
        Page.setStart(page, start);
        Page.setDepth(page, depth);
        Page.setChangedIn(page, 0);
        Page.setCreatedIn(page, 0);
        directory.set(start, depth, entry);
        pageCount++;
        return entry;
    }

    long insertAdopted(long entry, long hash, long keySlot, int bodyLength) {
        size++;
        return layout.insert(store, name, entry, want(hash, keySlot), keySlot, bodyLength) + layout.fixedOffset;
    }

    long insertRestored(long hash, long keySlot, int bodyLength) {
        return resolveSlowly(hash, want(hash, keySlot), keySlot, bodyLength);
    }

    /** Makes empty pages wherever none was adopted. */
    void fillHoles() {
        fillHoles(0, 0);
    }

    private void fillHoles(long start, int depth) {
        if (isOutside(start, depth)) {
            return;
        }
        if (directory.isEmptyAt(start, depth)) {
            long entry = Page.allocate(store, layout.smallestClass, name);
            Page.setStart(Page.address(entry), start);
            Page.setDepth(Page.address(entry), depth);
            directory.set(start, depth, entry);
            pageCount++;
        } else if (depth < directory.depth() && Page.depth(Page.address(directory.firstEntry(start, depth))) > depth) {
            fillHoles(start, depth + 1);
            fillHoles(start | 1L << (63 - depth), depth + 1);
        }
    }

    @Override
    public void close() {
        letGo(false);
    }
}
