package io.sabot.executor.state;

import io.sabot.executor.batch.Memory;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The frozen pages of a {@link PagedRowLog}, and the stored form of one.
 *
 * <pre>
 *   key:   │ table 2 │ first hash of the task 8 │ page number 8 │
 *   page:  │ head of PageWriter │ first hash of the task 8 │ last hash 8 │ page number 8 │ fixed bytes 4 │ rows 4 │ bytes 4 │ row … │
 *   row:   │ hash 8 │ time 8 │ key length 4 │ row length 4 │ fixed part │ key │ row │
 * </pre>
 */
final class FrozenLog implements PagedTable.Frozen {
    static final byte KIND = 'L';

    private final int tableId;
    private final int fixedBytes;
    private final KeyGroups.Range range;
    private final long[] entries;
    private final long firstPage;

    FrozenLog(int tableId, int fixedBytes, KeyGroups.Range range, long[] entries, long firstPage) {
        this.tableId = tableId;
        this.fixedBytes = fixedBytes;
        this.range = range;
        this.entries = entries;
        this.firstPage = firstPage;
    }

    static byte[] storedKey(int tableId, long firstHash, long pageNumber) {
        return ByteBuffer.allocate(18)
                .putShort((short) tableId)
                .putLong(firstHash)
                .putLong(pageNumber)
                .array();
    }

    @Override
    public void addDirtyPages(long afterGeneration, List<DirtyPage> pages) {
        for (int i = 0; i < entries.length; i++) {
            if (Page.changedIn(Page.address(entries[i])) > afterGeneration) {
                long pageNumber = firstPage + i;
                pages.add(new DirtyPage(
                        storedKey(tableId, range.firstHash(), pageNumber),
                        entries[i],
                        (entry, writer) -> encode(entry, pageNumber, writer)));
            }
        }
    }

    private void encode(long entry, long pageNumber, PageWriter writer) {
        long page = Page.address(entry);
        int count = Page.count(page);
        writer.begin(KIND);
        writer.putLong(range.firstHash());
        writer.putLong(range.lastHash());
        writer.putLong(pageNumber);
        writer.putInt(fixedBytes);
        writer.putInt(count);
        writer.putInt((int) Page.start(page));
        long row = page + Page.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            int keyLength = Memory.getInt(row + 16);
            int rowLength = Memory.getInt(row + 20);
            boolean inBlock = Memory.getLong(row + 24) != 0;
            long fixed = row + PagedRowLog.ROW_HEAD;
            long variable = inBlock ? Blocks.bytes(Memory.getLong(fixed + fixedBytes)) : fixed + fixedBytes;
            writer.putLong(Memory.getLong(row));
            writer.putLong(Memory.getLong(row + 8));
            writer.putInt(keyLength);
            writer.putInt(rowLength);
            writer.putBytes(fixed, fixedBytes);
            writer.putBytes(variable, keyLength + rowLength);
            row = fixed + fixedBytes + (inBlock ? 8 : (keyLength + rowLength + 7) & ~7);
        }
    }
}
