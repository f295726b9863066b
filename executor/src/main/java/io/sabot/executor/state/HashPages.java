package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/**
 * The pages of one {@link PagedRecordTable}: finding room for records, growing, splitting, merging, letting go.
 *
 * <p>A page doubles from the smallest size to 4 KiB, then splits by the next bit of the hash: the lower half keeps the stored
 * key. Where many keys have one hash, or the directory would become far finer than its pages, a page grows on instead. A
 * page that has become thin joins its neighbour, so that a table that was emptied is one small page again.
 */
final class HashPages {
    static final int MAX_DEPTH = 28;

    /** Bytes of tails that a page may carry on average before it splits: they are written with it. */
    private static final long TAIL_BYTES_PER_PAGE = 32 << 10;
    /** Bits by which the directory may be finer than its pages need. */
    private static final int SPARE_DEPTH = 9;

    private final String name;
    private final SlotLayout layout;
    private final PageStore store;
    private final KeyGroups.Range range;
    private final StoredKeys storedKeys;
    private final PageDirectory directory = new PageDirectory();
    private long size;
    private long tailBytes;
    private int pageCount;
    private int layoutChanges;

    HashPages(String name, SlotLayout layout, PageStore store, KeyGroups.Range range, StoredKeys storedKeys) {
        this.name = name;
        this.layout = layout;
        this.store = store;
        this.range = range;
        this.storedKeys = storedKeys;
        addFirstPage();
    }

    private void addFirstPage() {
        directory.set(0, 0, Page.allocate(store, layout.smallestClass, name));
        pageCount = 1;
    }

    PageDirectory directory() {
        return directory;
    }

    /** Number of records. */
    long size() {
        return size;
    }

    /** Rises whenever records may have moved to other addresses. */
    int layoutChanges() {
        return layoutChanges;
    }

    void addTailBytes(long more) {
        tailBytes += more;
    }

    // ---- records

    /** The meta word that a key has, without the bits that do not take part in comparing. */
    static long want(long hash, long keySlot) {
        return (hash >>> 32) | SlotLayout.USED | (Memory.getLong(keySlot) & 0xFF00_0000_0000_0000L);
    }

    /** The slot of a key, found or inserted, in a page that may be written. */
    long resolve(long hash, long want, long keySlot, int bodyLength) {
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
        return slot;
    }

    /** Removes a key; false when it is not there. */
    boolean remove(long hash, long keySlot, int bodyLength) {
        int index = directory.index(hash);
        long entry = directory.entry(index);
        long want = want(hash, keySlot);
        if (entry == 0 || layout.find(Page.address(entry), Page.sizeClass(entry), want, keySlot, bodyLength) == 0) {
            return false;
        }
        entry = writable(index);
        long slot = layout.find(Page.address(entry), Page.sizeClass(entry), want, keySlot, bodyLength);
        if (layout.hasTail) {
            tailBytes -= layout.tailLength(slot);
        }
        layout.remove(store, entry, slot);
        size--;
        shrink(entry);
        return true;
    }

    // ---- room

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

    /** Removes all records, also from the next checkpoint. */
    void clear() {
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

    // ---- restoring

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

    /** Puts a record into a page that {@link #adopt} made. */
    long insertAdopted(long entry, long hash, long keySlot, int bodyLength) {
        size++;
        return layout.insert(store, name, entry, want(hash, keySlot), keySlot, bodyLength);
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
}
