package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.util.List;

/**
 * The frozen pages of a {@link PagedRecordTable}, and the stored form of one.
 *
 * <pre>
 *   │ head of PageWriter │ first hash 8 │ last hash 8 │ records 4 │ body bytes 4 (-1: variable) │ fixed bytes 4 │ tail? 4 │
 *   record:  │ top of hash 4 │ key length 4 (variable keys) │ key │ fixed part │ tail length 4 │ tail (tables with tails) │
 * </pre>
 *
 * <p>First and last hash are what the page may hold in its task, so the stored pages of a table tile the hashes. The top
 * of the hash is stored since a key may have been moved to the key group of another ({@link KeyBatch#moveToGroupsOf}); slots
 * follow from it.
 */
final class FrozenRecords implements PagedTable.Frozen, DirtyPage.Encoder {
    static final byte KIND = 'R';

    private final SlotLayout layout;
    private final long[] entries;
    private final int depth;
    private final KeyGroups.Range range;
    private final StoredKeys storedKeys;

    FrozenRecords(SlotLayout layout, long[] entries, int depth, KeyGroups.Range range, StoredKeys storedKeys) {
        this.layout = layout;
        this.entries = entries;
        this.depth = depth;
        this.range = range;
        this.storedKeys = storedKeys;
    }

    @Override
    public void addDirtyPages(long afterGeneration, List<DirtyPage> pages) {
        for (int i = 0; i < entries.length; i = PageDirectory.next(entries, depth, i)) {
            long entry = entries[i];
            if (entry != 0 && Page.changedIn(Page.address(entry)) > afterGeneration) {
                pages.add(new DirtyPage(storedKeys.of(firstHash(range, Page.address(entry))), entry, this));
            }
        }
    }

    /** Lowest hash that a page may hold in a task. */
    static long firstHash(KeyGroups.Range range, long page) {
        long start = Page.start(page);
        return Long.compareUnsigned(start, range.firstHash()) < 0 ? range.firstHash() : start;
    }

    /** Highest hash that a page may hold in a task. */
    private static long lastHash(KeyGroups.Range range, long page) {
        long last = Page.start(page) | PageDirectory.suffix(Page.depth(page));
        return Long.compareUnsigned(last, range.lastHash()) > 0 ? range.lastHash() : last;
    }

    @Override
    public void encode(long entry, PageWriter writer) {
        long page = Page.address(entry);
        writer.begin(KIND);
        writer.putLong(firstHash(range, page));
        writer.putLong(lastHash(range, page));
        writer.putInt(Page.count(page));
        writer.putInt(layout.bodyBytes);
        writer.putInt(layout.fixedBytes);
        writer.putInt(layout.hasTail ? 1 : 0);
        long end = layout.end(page, Page.sizeClass(entry));
        for (long slot = SlotLayout.firstSlot(page); slot < end; slot += layout.stride) {
            if (Memory.getLong(slot) != 0) {
                encodeRecord(slot, writer);
            }
        }
    }

    private void encodeRecord(long slot, PageWriter writer) {
        int keyLength = layout.keyLength(slot);
        writer.putInt((int) Memory.getLong(slot));
        if (layout.variable) {
            writer.putInt(keyLength);
        }
        writer.putBytes(layout.keyAddress(slot), keyLength);
        writer.putBytes(slot + layout.fixedOffset, layout.fixedBytes);
        if (layout.hasTail) {
            int tailLength = layout.tailLength(slot);
            writer.putInt(tailLength);
            writer.putBytes(layout.tailAddress(slot), tailLength);
        }
    }
}
