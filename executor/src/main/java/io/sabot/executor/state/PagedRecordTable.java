package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import org.jspecify.annotations.Nullable;

/**
 * {@link RecordTable} over hash pages: a directory by hash prefix ({@link PageDirectory}), slots in pages ({@link
 * SlotLayout}), and what becomes of pages as the table grows and shrinks ({@link HashPages}).
 */
final class PagedRecordTable implements RecordTable, PagedTable {
    private final String name;
    private final RecordSpec spec;
    private final SlotLayout layout;
    private final PageStore store;
    private final KeyGroups.Range range;
    private final StoredKeys storedKeys;
    private final HashPages pages;

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
        this.pages = new HashPages(name, layout, store, range, storedKeys);
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
        return pages.size();
    }

    // ---- batches

    @Override
    public int resolve(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows) {
        assert keys.layout().equals(spec.keys()) : "keys of another layout";
        int changesBefore = pages.layoutChanges();
        int inserted = layout.variable
                ? resolveVariable(keys, recordAddresses, newRows)
                : layout.bodyWords == 1
                        ? resolveWord(keys, recordAddresses, newRows)
                        : resolveWords(keys, recordAddresses, newRows);
        if (pages.layoutChanges() != changesBefore) {
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
        PageDirectory directory = pages.directory();
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
                // one branch per slot: both words are on one cache line
                while ((((meta ^ want) & SlotLayout.KEY_MASK) | (Memory.getLong(slot + 8) ^ word)) != 0 && meta != 0) {
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
            long before = pages.size();
            recordAddresses[i] = pages.resolve(hash, want, keySlot, 8) + 16;
            entries = directory.entries();
            shift = directory.shift();
            if (pages.size() != before) {
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
            long before = pages.size();
            recordAddresses[i] = resolveOne(keys.hash(i), keys.slot(i), bodyLength);
            if (pages.size() != before) {
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
            long before = pages.size();
            recordAddresses[i] = resolveOne(keys.hash(i), keys.slot(i), keys.length(i) - 1);
            if (pages.size() != before) {
                if (newRows != null) {
                    newRows[inserted] = i;
                }
                inserted++;
            }
        }
        return inserted;
    }

    private long resolveOne(long hash, long keySlot, int bodyLength) {
        long want = HashPages.want(hash, keySlot);
        PageDirectory directory = pages.directory();
        long entry = directory.entry(directory.index(hash));
        if (Page.isWritable(entry)) {
            long slot = layout.find(Page.address(entry), Page.sizeClass(entry), want, keySlot, bodyLength);
            if (slot != 0) {
                return slot + layout.fixedOffset;
            }
        }
        return pages.resolve(hash, want, keySlot, bodyLength) + layout.fixedOffset;
    }

    @Override
    public void find(KeyBatch keys, long[] recordAddresses) {
        assert keys.layout().equals(spec.keys()) : "keys of another layout";
        find(layout, pages.directory().entries(), pages.directory().shift(), keys, recordAddresses);
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
                            HashPages.want(hash, keySlot),
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
        return pages.remove(keys.hash(i), keys.slot(i), keys.length(i) - 1) ? 1 : 0;
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
        pages.addTailBytes(length - Memory.getInt(reference + 8));
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
        return new PagedRecordCursor(
                layout, pages.directory().entries(), pages.directory().depth(), groups);
    }

    @Override
    public RecordSnapshot snapshot() {
        long generation = store.freeze();
        PageDirectory directory = pages.directory();
        return new PagedRecordSnapshot(
                layout, directory.freeze(), directory.depth(), size(), range, () -> store.thaw(generation));
    }

    // ---- checkpoints

    @Override
    public Frozen freezePages() {
        PageDirectory directory = pages.directory();
        return new FrozenRecords(layout, directory.freeze(), directory.depth(), range, storedKeys);
    }

    @Override
    public void restore(StoredPages stored) {
        try (RecordRestore restore = new RecordRestore(this, pages, layout, range)) {
            byte[] from = storedKeys.of(range.firstHash());
            stored.scan(from, storedKeys.behind(range.lastHash()), true, (key, value) -> {
                if (storedKeys.owns(key)) {
                    restore.add(key, value);
                }
            });
            restore.finish();
        }
    }

    /** Takes the table out of the next checkpoint, too; it is unusable afterwards. */
    void drop() {
        pages.letGo(true);
    }

    @Override
    public void clear() {
        pages.clear();
    }

    @Override
    public void close() {
        pages.letGo(false);
    }
}
