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
    /** Page of the leaf of {@link #place} and its entries; 0 when it must be looked up. */
    private long page;

    private int count;

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
        page = 0;
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
        page = 0;
        present = 0;
    }

    @Override
    public boolean next() {
        load();
        while (place.slot >= count) {
            long next = leaves.next(place.leaf);
            if (next < 0) {
                return false;
            }
            place.leaf = next;
            place.slot = 0;
            page = 0;
            load();
        }
        if (!enter(place.slot)) {
            return false;
        }
        place.slot++;
        return true;
    }

    @Override
    public boolean previous() {
        load();
        while (place.slot == 0) {
            long previous = leaves.previous(place.leaf);
            if (previous < 0) {
                return false;
            }
            place.leaf = previous;
            page = 0;
            load();
            place.slot = count;
        }
        if (!enter(place.slot - 1)) {
            return false;
        }
        place.slot--;
        return true;
    }

    /** Looks up the leaf of the place, unless that was done since it or the leaf changed. */
    private void load() {
        if (page == 0) {
            page = page(place.leaf);
            count = Page.count(page);
        }
    }

    private long page(long leaf) {
        return Page.address(leaves.entry(leaf));
    }

    /** Makes the entry of a slot the present one, if the partition still has it. */
    private boolean enter(int slot) {
        long entry = LeafLayout.entry(page, slot);
        if (isBounded && !layout.isInPartition(entry, bound)) {
            return false;
        }
        presentSlot = slot;
        present = entry;
        return true;
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
        page = table().writable(place.leaf);
        present = LeafLayout.entry(page, presentSlot);
        return LeafLayout.fixed(present);
    }

    @Override
    public void remove() {
        assert present != 0 : "the cursor has no present entry";
        place.slot = presentSlot;
        table().removeAt(place);
        page = 0;
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
