package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Brings the stored leaves of an ordered table into a task. Leaves come in hash order and are taken one by one; of a leaf that
 * a task border cuts only the entries inside are taken, and it is dirty then.
 */
final class LeafRestore implements AutoCloseable {
    private final PagedOrderedTable table;
    private final LeafLayout layout;
    private final int tableId;
    private final KeyGroups.Range range;
    private final PageReader reader = new PageReader();
    private final EntryKey key = new EntryKey();

    LeafRestore(PagedOrderedTable table, LeafLayout layout, int tableId, KeyGroups.Range range) {
        this.table = table;
        this.layout = layout;
        this.tableId = tableId;
        this.range = range;
    }

    void read(StoredPages pages) {
        StoredKeys keys = StoredKeys.ofTable(tableId);
        pages.scan(keys.of(range.firstHash()), keys.behind(range.lastHash()), true, (storedKey, value) -> {
            if (keys.owns(storedKey)) {
                long hash = ByteBuffer.wrap(storedKey).getLong(2);
                add(hash, Arrays.copyOfRange(storedKey, 10, storedKey.length), value);
            }
        });
    }

    private void add(long hash, byte[] rest, byte[] value) {
        reader.open(value, FrozenLeaves.KIND);
        if (reader.getInt() != layout.fixedBytes) {
            throw new AssertionError("stored pages of table " + table.name() + " have another shape");
        }
        int count = reader.getInt();
        long begin = reader.position();
        int liveBytes = 0;
        int inside = 0;
        for (int i = 0; i < count; i++) {
            long variableBytes = skipEntry();
            if (range.contains(key.hash)) {
                liveBytes += 2 + layout.entryBytes(variableBytes);
                inside++;
            }
        }
        boolean isOwn = range.contains(hash);
        if (isOwn && table.isWithoutLeaves() && (hash != range.firstHash() || rest.length > 0)) {
            table.appendLeaf(range.firstHash(), LeafIndex.NO_REST, 0, false, true);
        }
        if (isOwn) {
            table.appendLeaf(hash, rest, liveBytes, true, inside < count);
        } else {
            table.appendLeaf(range.firstHash(), LeafIndex.NO_REST, liveBytes, false, true);
        }
        reader.goTo(begin);
        for (int i = 0; i < count; i++) {
            readEntry();
        }
    }

    /** Reads the lengths and the partition of an entry and steps over it. Returns the bytes of its variable part. */
    private long skipEntry() {
        key.hash = reader.getLong();
        key.sequence = reader.getLong();
        key.partitionLength = reader.getInt();
        key.orderLength = reader.getInt();
        int rowLength = reader.getInt();
        reader.getBytes(layout.fixedBytes);
        key.partition = reader.getBytes(key.partitionLength);
        key.order = reader.getBytes(key.orderLength);
        reader.getBytes(rowLength);
        return (long) key.partitionLength + key.orderLength + rowLength;
    }

    private void readEntry() {
        long variableBytes = skipEntry();
        if (range.contains(key.hash)) {
            long row = key.order + key.orderLength;
            int rowLength = (int) (variableBytes - key.partitionLength - key.orderLength);
            long fixed = table.appendRestored(key, row, rowLength);
            Memory.copy(key.partition - layout.fixedBytes, fixed, layout.fixedBytes);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
