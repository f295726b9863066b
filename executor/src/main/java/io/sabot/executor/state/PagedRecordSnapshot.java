package io.sabot.executor.state;

/** A frozen directory and the pages it names. */
final class PagedRecordSnapshot implements RecordSnapshot {
    private final SlotLayout layout;
    private final long[] entries;
    private final int depth;
    private final long size;
    private final KeyGroups.Range range;
    private final Runnable thaw;
    private boolean closed;

    PagedRecordSnapshot(SlotLayout layout, long[] entries, int depth, long size, KeyGroups.Range range, Runnable thaw) {
        this.layout = layout;
        this.entries = entries;
        this.depth = depth;
        this.size = size;
        this.range = range;
        this.thaw = thaw;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void find(KeyBatch keys, long[] recordAddresses) {
        assert !closed : "snapshot is closed";
        PagedRecordTable.find(layout, entries, 63 - depth, keys, recordAddresses);
    }

    @Override
    public RecordCursor scan() {
        assert !closed : "snapshot is closed";
        return new PagedRecordCursor(layout, entries, depth, range);
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
    public void close() {
        if (!closed) {
            closed = true;
            thaw.run();
        }
    }
}
