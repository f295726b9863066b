package io.sabot.executor.join;

import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.OrderedCursor;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The rows of the other side that have the keys of a batch, read once per key and copied, so that state may change
 * afterwards.
 */
final class Matches implements AutoCloseable {
    private final LocalTable groups;
    private final Arena arena;
    private long[] groupRecords = new long[0];
    private int[] groupOfRow = new int[0];
    private int[] firstEntry = new int[64];
    private int[] keyRow = new int[64];
    private int groupCount;
    private long[] positions = new long[64];
    private int[] lengths = new int[64];
    private int[] groupOfEntry = new int[64];
    private long[] counts = new long[64];
    private long[] matches = new long[64];
    private long[] changes = new long[64];
    private int entryCount;

    Matches(BufferAllocator allocator, KeyLayout layout) {
        this.groups = new LocalTable(allocator, layout, 8);
        this.arena = new Arena(allocator);
    }

    /** Reads what the rows of a side may match. */
    void read(JoinSide side, OrderedCursor others) {
        KeyBatch keys = side.keys();
        int rowCount = side.batch().rowCount();
        groups.clear();
        arena.clear();
        groupCount = 0;
        entryCount = 0;
        if (groupRecords.length < rowCount) {
            groupRecords = new long[rowCount];
            groupOfRow = new int[rowCount];
        }
        groups.resolve(keys, groupRecords);
        for (int row = 0; row < rowCount; row++) {
            if (side.isMatchless(row)) {
                groupOfRow[row] = -1;
                continue;
            }
            long group = Memory.getLong(groupRecords[row]);
            if (group == 0) {
                group = addGroup(keys, row, others);
                Memory.putLong(groupRecords[row], group);
            }
            groupOfRow[row] = (int) group - 1;
        }
        firstEntry = groupCount < firstEntry.length ? firstEntry : Arrays.copyOf(firstEntry, groupCount * 2);
        firstEntry[groupCount] = entryCount;
    }

    private int addGroup(KeyBatch keys, int row, OrderedCursor others) {
        if (groupCount == firstEntry.length) {
            firstEntry = Arrays.copyOf(firstEntry, groupCount * 2);
            keyRow = Arrays.copyOf(keyRow, groupCount * 2);
        }
        if (keyRow.length < firstEntry.length) {
            keyRow = Arrays.copyOf(keyRow, firstEntry.length);
        }
        firstEntry[groupCount] = entryCount;
        keyRow[groupCount] = row;
        others.seekFirst(keys, row);
        while (others.next()) {
            addEntry(others);
        }
        return ++groupCount;
    }

    private void addEntry(OrderedCursor others) {
        if (entryCount == positions.length) {
            positions = Arrays.copyOf(positions, entryCount * 2);
            lengths = Arrays.copyOf(lengths, entryCount * 2);
            groupOfEntry = Arrays.copyOf(groupOfEntry, entryCount * 2);
            counts = Arrays.copyOf(counts, entryCount * 2);
            matches = Arrays.copyOf(matches, entryCount * 2);
            changes = Arrays.copyOf(changes, entryCount * 2);
        }
        positions[entryCount] = arena.append(others.orderKeyAddress(), others.orderKeyLength());
        lengths[entryCount] = others.orderKeyLength();
        groupOfEntry[entryCount] = groupCount;
        counts[entryCount] = Memory.getLong(others.address());
        matches[entryCount] = Memory.getLong(others.address() + 8);
        changes[entryCount++] = 0;
    }

    /** First entry with a row's key. */
    int first(int row) {
        return groupOfRow[row] < 0 ? 0 : firstEntry[groupOfRow[row]];
    }

    /** The entry behind the last one with a row's key. */
    int end(int row) {
        return groupOfRow[row] < 0 ? 0 : firstEntry[groupOfRow[row] + 1];
    }

    int entryCount() {
        return entryCount;
    }

    /** A row of the batch that has an entry's key. */
    int keyRow(int entry) {
        return keyRow[groupOfEntry[entry]];
    }

    long address(int entry) {
        return arena.address(positions[entry]);
    }

    int length(int entry) {
        return lengths[entry];
    }

    /** How often the row is there, signed. */
    long count(int entry) {
        return counts[entry];
    }

    /** How many matches the row had before the batch. */
    long matches(int entry) {
        return matches[entry];
    }

    /** By how much its matches change by the batch. */
    long change(int entry) {
        return changes[entry];
    }

    void addChange(int entry, long change) {
        changes[entry] += change;
    }

    @Override
    public void close() {
        groups.close();
        arena.close();
    }
}
