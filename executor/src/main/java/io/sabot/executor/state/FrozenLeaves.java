package io.sabot.executor.state;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The frozen leaves of a {@link PagedOrderedTable}, and the stored form of one.
 *
 * <pre>
 *   key:    │ table 2 │ hash of the fence 8 │ rest of the fence │
 *   page:   │ head of PageWriter │ fixed bytes 4 │ entries 4 │ entry … │
 *   entry:  │ hash 8 │ sequence 8 │ partition length 4 │ order length 4 │ row length 4 │ fixed part │ partition │ order key │ row │
 * </pre>
 */
final class FrozenLeaves implements PagedTable.Frozen, DirtyPage.Encoder {
    static final byte KIND = 'O';

    private final LeafLayout layout;
    private final int tableId;
    private final LeafIndex leaves;

    FrozenLeaves(LeafLayout layout, int tableId, LeafIndex leaves) {
        this.layout = layout;
        this.tableId = tableId;
        this.leaves = leaves;
    }

    static byte[] storedKey(int tableId, long hash, byte[] rest) {
        return ByteBuffer.allocate(10 + rest.length)
                .putShort((short) tableId)
                .putLong(hash)
                .put(rest)
                .array();
    }

    @Override
    public void addDirtyPages(long afterGeneration, List<DirtyPage> pages) {
        for (long position = leaves.first(); position >= 0; position = leaves.next(position)) {
            long entry = leaves.entry(position);
            if (Page.changedIn(Page.address(entry)) > afterGeneration) {
                byte[] key = storedKey(tableId, leaves.hash(position), leaves.rest(position));
                pages.add(new DirtyPage(key, entry, this));
            }
        }
    }

    @Override
    public void encode(long pageEntry, PageWriter writer) {
        long page = Page.address(pageEntry);
        int count = Page.count(page);
        writer.begin(KIND);
        writer.putInt(layout.fixedBytes);
        writer.putInt(count);
        for (int slot = 0; slot < count; slot++) {
            long entry = LeafLayout.entry(page, slot);
            int partitionLength = LeafLayout.partitionLength(entry);
            int orderLength = LeafLayout.orderLength(entry);
            int rowLength = LeafLayout.rowLength(entry);
            writer.putLong(LeafLayout.hash(entry));
            writer.putLong(LeafLayout.sequence(entry));
            writer.putInt(partitionLength);
            writer.putInt(orderLength);
            writer.putInt(rowLength);
            writer.putBytes(LeafLayout.fixed(entry), layout.fixedBytes);
            writer.putBytes(layout.partition(entry), partitionLength + orderLength + rowLength);
        }
    }
}
