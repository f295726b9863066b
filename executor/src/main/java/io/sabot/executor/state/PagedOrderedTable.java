package io.sabot.executor.state;

/**
 * {@link OrderedTable} over leaves of up to 4 KiB ({@link LeafLayout}) that tile the task's keys in order ({@link
 * LeafIndex}): the lowest level of a B⁺-tree whose upper levels are on the heap. A full leaf grows, then splits in two;
 * emptied and thin ones join their neighbours.
 */
final class PagedOrderedTable implements OrderedTable, PagedTable {
    private static final int SMALLEST_CLASS = 1;

    private final String name;
    private final int tableId;
    private final OrderedSpec spec;
    private final LeafLayout layout;
    private final PageStore store;
    private final KeyGroups.Range range;
    private final LeafIndex leaves = new LeafIndex();
    private final EntryKey key = new EntryKey();
    private long size;

    PagedOrderedTable(String name, int tableId, OrderedSpec spec, PageStore store, KeyGroups.Range range) {
        this.name = name;
        this.tableId = tableId;
        this.spec = spec;
        this.layout = new LeafLayout(spec.fixedBytes());
        this.store = store;
        this.range = range;
        addFirstLeaf();
    }

    private void addFirstLeaf() {
        leaves.append(range.firstHash(), LeafIndex.NO_REST, newLeaf(SMALLEST_CLASS));
    }

    private long newLeaf(int sizeClass) {
        long entry = Page.allocate(store, sizeClass, name);
        LeafLayout.clear(Page.address(entry), sizeClass);
        return entry;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public OrderedSpec spec() {
        return spec;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long resolve(
            KeyBatch partitions,
            int partition,
            long orderKey,
            int orderKeyLength,
            long sequence,
            long row,
            int rowLength) {
        assert partitions.layout().equals(spec.partitions()) : "keys of another layout";
        key.of(partitions, partition, orderKey, orderKeyLength, sequence);
        assert range.contains(key.hash) : "key outside of the key groups of table " + name;
        return resolve(key, row, rowLength);
    }

    private long resolve(EntryKey wanted, long row, int rowLength) {
        int entryBytes = layout.entryBytes((long) wanted.partitionLength + wanted.orderLength + rowLength);
        for (; ; ) {
            long position = leaves.find(wanted);
            long page = writable(position);
            int slot = layout.search(page, wanted);
            if (slot >= 0) {
                return LeafLayout.fixed(LeafLayout.entry(page, slot));
            }
            if (LeafLayout.fits(page, entryBytes)) {
                long entry = layout.insert(store, name, page, -slot - 1, wanted, row, rowLength);
                size++;
                return LeafLayout.fixed(entry);
            }
            makeRoom(position, -slot - 1, entryBytes);
        }
    }

    @Override
    public long find(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        key.of(partitions, partition, orderKey, orderKeyLength, sequence);
        long page = Page.address(leaves.entry(leaves.find(key)));
        int slot = layout.search(page, key);
        return slot < 0 ? 0 : LeafLayout.fixed(LeafLayout.entry(page, slot));
    }

    @Override
    public boolean remove(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        key.of(partitions, partition, orderKey, orderKeyLength, sequence);
        long position = leaves.find(key);
        int slot = layout.search(Page.address(leaves.entry(position)), key);
        if (slot < 0) {
            return false;
        }
        removeAt(new Place(position, slot));
        return true;
    }

    /** Removes the entry at a place, which afterwards is where that entry was, between its neighbours. */
    void removeAt(Place place) {
        long page = writable(place.leaf);
        layout.remove(store, page, place.slot);
        size--;
        int sizeClass = Page.sizeClass(leaves.entry(place.leaf));
        if (LeafLayout.liveBytes(page, sizeClass) * 4 > LeafLayout.room(sizeClass)) {
            return;
        }
        long next = leaves.next(place.leaf);
        if (next >= 0 && fitTogether(place.leaf, next)) {
            join(place.leaf, next);
            return;
        }
        long previous = leaves.previous(place.leaf);
        if (previous >= 0 && fitTogether(previous, place.leaf)) {
            int before = Page.count(Page.address(leaves.entry(previous)));
            join(previous, place.leaf);
            place.leaf = previous;
            place.slot += before;
        }
    }

    private boolean fitTogether(long left, long right) {
        int leftBytes = live(left);
        int rightBytes = live(right);
        return leftBytes == 0 || rightBytes == 0 || leftBytes + rightBytes <= LeafLayout.room(layout.fullClass) / 2;
    }

    private int live(long position) {
        long entry = leaves.entry(position);
        return LeafLayout.liveBytes(Page.address(entry), Page.sizeClass(entry));
    }

    /** Moves all entries of a leaf into the one before it. */
    private void join(long left, long right) {
        long leftEntry = leaves.entry(left);
        long rightEntry = leaves.entry(right);
        int bytes = live(left) + live(right);
        long joined = newLeaf(classFor(bytes));
        Page.setCreatedIn(Page.address(joined), Page.createdIn(Page.address(leftEntry)));
        appendAll(leftEntry, joined);
        appendAll(rightEntry, joined);
        deleteStored(right);
        leaves.setEntry(left, joined);
        leaves.remove(right);
        Page.retire(store, leftEntry);
        Page.retire(store, rightEntry);
    }

    private void appendAll(long fromEntry, long toEntry) {
        long from = Page.address(fromEntry);
        layout.append(from, 0, Page.count(from), Page.address(toEntry));
    }

    static int classFor(int liveBytes) {
        int sizeClass = SMALLEST_CLASS;
        while (LeafLayout.room(sizeClass) < liveBytes) {
            sizeClass++;
        }
        return sizeClass;
    }

    /** Address of a leaf that may be written. */
    long writable(long position) {
        long entry = leaves.entry(position);
        if (!Page.isWritable(entry)) {
            entry = Page.unshare(store, entry, name);
            leaves.setEntry(position, entry);
        }
        return Page.address(entry);
    }

    /** Cleans up, grows or splits a leaf in which an entry does not fit. */
    private void makeRoom(long position, int slot, int entryBytes) {
        long entry = leaves.entry(position);
        long page = Page.address(entry);
        int sizeClass = Page.sizeClass(entry);
        int needed = live(position) + entryBytes + 2;
        int wantedClass = classFor(needed + needed / 8);
        if (wantedClass <= layout.fullClass || Page.count(page) < 2) {
            long resized = newLeaf(Math.max(wantedClass, Math.min(sizeClass, layout.fullClass)));
            Page.setCreatedIn(Page.address(resized), Page.createdIn(page));
            appendAll(entry, resized);
            leaves.setEntry(position, resized);
        } else {
            split(position, slot);
        }
        Page.retire(store, entry);
    }

    private void split(long position, int insertAt) {
        long entry = leaves.entry(position);
        long page = Page.address(entry);
        int count = Page.count(page);
        // entries that come in order leave full leaves behind
        int middle =
                insertAt == count ? Math.max(1, count - count / 8 - 1) : layout.middle(page, Page.sizeClass(entry));
        long left = newLeaf(layout.fullClass);
        long right;
        try {
            right = newLeaf(layout.fullClass);
        } catch (RuntimeException e) {
            Page.retire(store, left);
            throw e;
        }
        Page.setCreatedIn(Page.address(left), Page.createdIn(page));
        layout.append(page, 0, middle, Page.address(left));
        layout.append(page, middle, count, Page.address(right));
        long rightFirst = LeafLayout.entry(page, middle);
        byte[] rest = layout.separator(LeafLayout.entry(page, middle - 1), rightFirst);
        leaves.setEntry(position, left);
        leaves.insertBehind(position, LeafLayout.hash(rightFirst), rest, right);
    }

    private void deleteStored(long position) {
        if (store.mayBeStored(Page.createdIn(Page.address(leaves.entry(position))))) {
            store.delete(FrozenLeaves.storedKey(tableId, leaves.hash(position), leaves.rest(position)));
        }
    }

    @Override
    public OrderedCursor cursor() {
        return new PagedOrderedCursor(layout, leaves, this);
    }

    @Override
    public OrderedSnapshot snapshot() {
        long generation = store.freeze();
        return new Snapshot(layout, leaves.freeze(), size, () -> store.thaw(generation));
    }

    @Override
    public void clear() {
        letGo(true);
        addFirstLeaf();
    }

    private void letGo(boolean forGood) {
        for (long position = leaves.first(); position >= 0; position = leaves.next(position)) {
            long entry = leaves.entry(position);
            long page = Page.address(entry);
            for (int slot = 0; slot < Page.count(page); slot++) {
                layout.retireBlock(store, LeafLayout.entry(page, slot));
            }
            if (forGood) {
                deleteStored(position);
            }
            Page.retire(store, entry);
        }
        leaves.clear();
        size = 0;
    }

    @Override
    public void close() {
        letGo(false);
    }

    // ---- checkpoints

    @Override
    public Frozen freezePages() {
        return new FrozenLeaves(layout, tableId, leaves.freeze());
    }

    @Override
    public void restore(StoredPages pages) {
        letGo(false);
        try (LeafRestore restore = new LeafRestore(this, layout, tableId, range)) {
            restore.read(pages);
        }
        if (leaves.isEmpty()) {
            addFirstLeaf();
        }
    }

    boolean isWithoutLeaves() {
        return leaves.isEmpty();
    }

    /**
     * Adds an empty leaf behind all others.
     *
     * @param isStored whether the checkpoint has this key
     * @param isChanged whether the checkpoint has other content under it
     */
    void appendLeaf(long hash, byte[] rest, int liveBytes, boolean isStored, boolean isChanged) {
        long entry = newLeaf(classFor(liveBytes));
        if (isStored) {
            Page.setCreatedIn(Page.address(entry), 0);
        }
        if (!isChanged) {
            entry &= ~Page.WRITABLE;
            Page.setChangedIn(Page.address(entry), 0);
        }
        leaves.append(hash, rest, entry);
    }

    /** Puts a restored entry behind all others of the last leaf, which has room. Returns its fixed part. */
    long appendRestored(EntryKey restored, long row, int rowLength) {
        long last = leaves.last();
        long page = Page.address(leaves.entry(last));
        size++;
        return LeafLayout.fixed(layout.insert(store, name, page, Page.count(page), restored, row, rowLength));
    }

    /** A place between entries: before slot {@code slot} of a leaf. */
    static final class Place {
        long leaf;
        int slot;

        Place(long leaf, int slot) {
            this.leaf = leaf;
            this.slot = slot;
        }
    }

    private static final class Snapshot implements OrderedSnapshot {
        private final LeafLayout layout;
        private final LeafIndex leaves;
        private final long size;
        private final Runnable thaw;
        private boolean closed;

        Snapshot(LeafLayout layout, LeafIndex leaves, long size, Runnable thaw) {
            this.layout = layout;
            this.leaves = leaves;
            this.size = size;
            this.thaw = thaw;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public OrderedCursor cursor() {
            assert !closed : "snapshot is closed";
            return new PagedOrderedCursor(layout, leaves, null);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                thaw.run();
            }
        }
    }
}
