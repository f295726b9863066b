package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;

/** Walks over the slots of hash pages, live ones or those of a snapshot. */
final class PagedRecordCursor implements RecordCursor {
    private final SlotLayout layout;
    private final long[] entries;
    private final int depth;
    private final boolean wholePages;
    private final long firstTag;
    private final long lastTag;
    private final int lastIndex;
    private int nextIndex;
    private long slot;
    private long end;

    PagedRecordCursor(SlotLayout layout, long[] entries, int depth, KeyGroups.Range groups) {
        this.layout = layout;
        this.entries = entries;
        this.depth = depth;
        this.firstTag = groups.firstHash() >>> 32;
        this.lastTag = groups.lastHash() >>> 32;
        this.wholePages = groups.end() - groups.first() == groups.groupCount();
        this.nextIndex = (int) ((groups.firstHash() >>> 1) >>> (63 - depth));
        this.lastIndex = (int) ((groups.lastHash() >>> 1) >>> (63 - depth));
    }

    @Override
    public boolean next() {
        for (; ; ) {
            slot += layout.stride;
            while (slot >= end) {
                if (nextIndex > lastIndex) {
                    slot = end;
                    return false;
                }
                openPage();
            }
            long meta = Memory.getLong(slot);
            if (meta != 0 && (wholePages || isInside(meta & 0xFFFF_FFFFL))) {
                return true;
            }
        }
    }

    private boolean isInside(long tag) {
        return tag >= firstTag && tag <= lastTag;
    }

    private void openPage() {
        long entry = entries[nextIndex];
        if (entry == 0) {
            nextIndex++;
            return;
        }
        long page = Page.address(entry);
        // a page of smaller depth fills several entries; the cursor may have begun in their middle
        int width = 1 << (depth - Page.depth(page));
        nextIndex = (nextIndex & -width) + width;
        slot = SlotLayout.firstSlot(page);
        end = layout.end(page, Page.sizeClass(entry));
    }

    @Override
    public int next(KeyBatch keys, long[] recordAddresses) {
        keys.clear();
        int count = 0;
        while (count < recordAddresses.length && next()) {
            long key = keyAddress();
            int length = keyLength();
            long hash = (Memory.getLong(slot) << 32) | (KeyHash.hash(key, length) & 0xFFFF_FFFFL);
            keys.append(key, length, hash);
            recordAddresses[count++] = recordAddress();
        }
        return count;
    }

    @Override
    public long recordAddress() {
        return slot + layout.fixedOffset;
    }

    @Override
    public long keyAddress() {
        return layout.keyAddress(slot);
    }

    @Override
    public int keyLength() {
        return layout.keyLength(slot);
    }

    @Override
    public long tailAddress() {
        return layout.tailAddress(slot);
    }

    @Override
    public int tailLength() {
        return layout.tailLength(slot);
    }

    @Override
    public void close() {
        nextIndex = Integer.MAX_VALUE;
        slot = 0;
        end = 0;
    }
}
