package io.sabot.executor.join;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.SortKeys;

/**
 * What a table held for each key, by time: (key; time) → row, or that there is none from that time on.
 *
 * <pre>
 *   fixed part of an entry:  │ 1 when there is a row, 0 when it was deleted (8) │
 * </pre>
 */
final class Versions implements AutoCloseable {
    static final int FIXED_BYTES = 8;

    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final VersionMatch match;
    private final long orderKey = Memory.allocate(8);

    Versions(OrderedTable table, VersionMatch match) {
        this.table = table;
        this.cursor = table.cursor();
        this.match = match;
    }

    /** Notes a row of a key from a time on; one that was noted for the same time gives way. */
    void put(KeyBatch keys, int key, long time, long row, int length) {
        remove(keys, key, time);
        Memory.putLong(table.resolve(keys, key, orderKey, 8, 0, row, length), 1);
    }

    /** Notes that a key has no row from a time on. */
    void putNone(KeyBatch keys, int key, long time) {
        remove(keys, key, time);
        table.resolve(keys, key, orderKey, 8, 0, 0, 0);
    }

    private void remove(KeyBatch keys, int key, long time) {
        SortKeys.putLong(orderKey, time);
        table.remove(keys, key, orderKey, 8, 0);
    }

    /** Looks for the row that belongs to a time. Where it is tell {@link #rowAddress} and {@link #rowLength}. */
    boolean find(KeyBatch keys, int key, long time) {
        SortKeys.putLong(orderKey, time);
        cursor.seek(keys, key, orderKey, 8, match.startsBeforeEqual() ? Long.MIN_VALUE : Long.MAX_VALUE);
        boolean found = match.looksBack() ? cursor.previous() : cursor.next();
        return found && Memory.getLong(cursor.address()) != 0;
    }

    long rowAddress() {
        return cursor.rowAddress();
    }

    int rowLength() {
        return cursor.rowLength();
    }

    /** Drops what no time after {@code time} looks for any more; only where rows are looked for backwards. */
    void freeBefore(KeyBatch keys, int key, long time) {
        SortKeys.putLong(orderKey, time);
        cursor.seek(keys, key, orderKey, 8, Long.MAX_VALUE);
        if (!cursor.previous()) {
            return;
        }
        if (Memory.getLong(cursor.address()) == 0) {
            cursor.remove();
        }
        while (cursor.previous()) {
            cursor.remove();
        }
    }

    @Override
    public void close() {
        Memory.free(orderKey);
    }
}
