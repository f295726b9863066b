package io.sabot.executor.state;

import org.jspecify.annotations.Nullable;

/** {@link OrderedCursor} over leaves; {@code table} is null over a snapshot. */
final class PagedOrderedCursor implements OrderedCursor {
    private final LeafLayout layout;
    private final LeafIndex leaves;
    private final @Nullable PagedOrderedTable table;
    private final EntryKey bound = new EntryKey();
    private final PagedOrderedTable.Place place = new PagedOrderedTable.Place(0, 0);
    private boolean isBounded;
    /** Slot of the present entry in the leaf of {@link #place}. */
    private int presentSlot;

    private long present;

    PagedOrderedCursor(LeafLayout layout, LeafIndex leaves, @Nullable PagedOrderedTable table) {
        this.layout = layout;
        this.leaves = leaves;
        this.table = table;
    }

    @Override
    public void seekFirst(KeyBatch partitions, int partition) {
        seek(partitions, partition, 0, 0, Long.MIN_VALUE);
    }

    @Override
    public void seek(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence) {
        bound.of(partitions, partition, orderKey, orderKeyLength, sequence);
        seekBound();
    }

    private void seekBound() {
        isBounded = true;
        place.leaf = leaves.find(bound);
        int slot = layout.search(page(place.leaf), bound);
        place.slot = slot >= 0 ? slot : -slot - 1;
        present = 0;
    }

    @Override
    public void seekLast(KeyBatch partitions, int partition) {
        bound.of(partitions, partition, 0, 0, 0);
        bound.atEnd = true;
        seekBound();
    }

    @Override
    public void seekAll() {
        isBounded = false;
        place.leaf = leaves.first();
        place.slot = 0;
        present = 0;
    }

    @Override
    public boolean next() {
        long leaf = place.leaf;
        int slot = place.slot;
        while (leaf >= 0 && slot >= Page.count(page(leaf))) {
            leaf = leaves.next(leaf);
            slot = 0;
        }
        if (leaf < 0 || !isInside(LeafLayout.entry(page(leaf), slot))) {
            return false;
        }
        step(leaf, slot, slot + 1);
        return true;
    }

    @Override
    public boolean previous() {
        long leaf = place.leaf;
        int slot = place.slot;
        while (leaf >= 0 && slot == 0) {
            leaf = leaves.previous(leaf);
            slot = leaf < 0 ? 0 : Page.count(page(leaf));
        }
        if (leaf < 0 || !isInside(LeafLayout.entry(page(leaf), slot - 1))) {
            return false;
        }
        step(leaf, slot - 1, slot - 1);
        return true;
    }

    private long page(long leaf) {
        return Page.address(leaves.entry(leaf));
    }

    private boolean isInside(long entry) {
        return !isBounded || layout.isInPartition(entry, bound);
    }

    private void step(long leaf, int entrySlot, int placeSlot) {
        place.leaf = leaf;
        place.slot = placeSlot;
        presentSlot = entrySlot;
        present = LeafLayout.entry(page(leaf), entrySlot);
    }

    private long present() {
        assert present != 0 : "the cursor has no present entry";
        return present;
    }

    @Override
    public long address() {
        return LeafLayout.fixed(present());
    }

    private PagedOrderedTable table() {
        PagedOrderedTable owner = table;
        if (owner == null) {
            throw new IllegalStateException("a snapshot cannot be changed");
        }
        return owner;
    }

    @Override
    public long writable() {
        assert present != 0 : "the cursor has no present entry";
        present = LeafLayout.entry(table().writable(place.leaf), presentSlot);
        return LeafLayout.fixed(present);
    }

    @Override
    public void remove() {
        assert present != 0 : "the cursor has no present entry";
        place.slot = presentSlot;
        table().removeAt(place);
        present = 0;
    }

    @Override
    public long orderKeyAddress() {
        return layout.order(present());
    }

    @Override
    public int orderKeyLength() {
        return LeafLayout.orderLength(present());
    }

    @Override
    public long sequence() {
        return LeafLayout.sequence(present());
    }

    @Override
    public long rowAddress() {
        return layout.row(present());
    }

    @Override
    public int rowLength() {
        return LeafLayout.rowLength(present());
    }

    @Override
    public long partitionAddress() {
        return layout.partition(present());
    }

    @Override
    public int partitionLength() {
        return LeafLayout.partitionLength(present());
    }
}
