package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Scratch;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;

/**
 * The values of each group in order, for MIN or MAX over input that can retract: (group key; value) → signed count. With
 * windows the order key begins with the window's end.
 */
final class ExtremeSet {
    private final Aggregation.ExtremeSpec spec;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final KeyBatch dropped;
    private final int prefixBytes;
    private final Scratch scratch;
    private long windowEnd;

    ExtremeSet(
            String name,
            Aggregation.ExtremeSpec spec,
            KeyLayout groups,
            OperatorContext context,
            boolean windowed,
            StateBound bound) {
        this.spec = spec;
        this.table = context.state().orderedTable(name, new OrderedSpec(groups, 8, bound));
        this.cursor = table.cursor();
        this.dropped = context.own(new KeyBatch(context.allocator(), groups));
        this.prefixBytes = windowed ? 8 : 0;
        this.scratch = context.own(new Scratch(context.allocator()));
    }

    void useWindow(long newWindowEnd) {
        windowEnd = newWindowEnd;
    }

    void update(KeyBatch owners, Batch batch, Run run, Tails tails) {
        Column column = batch.column(spec.column());
        byte[] signs = run.signs();
        for (int i = 0; i < run.count(); i++) {
            int length = putKey(column, run.rows()[i]);
            long key = scratch.room(prefixBytes);
            long entry = table.resolve(owners, i, key, length, 0, 0, 0);
            long after = Memory.getLong(entry) + (signs == null ? 1 : signs[i]);
            if (after < 0 && table.forgets()) {
                after = 0;
            }
            Memory.putLong(entry, after);
            if (after == 0) {
                table.remove(owners, i, key, length, 0);
            }
        }
        for (int i = 0; i < run.count(); i++) {
            note(owners, i, run.records()[i], tails);
        }
    }

    private int putKey(Column column, int row) {
        boolean text = spec.cell().isText();
        int length = prefixBytes + (text ? column.length(row) : spec.cell().keyBytes());
        long at = scratch.room(length);
        putPrefix(windowEnd);
        if (text) {
            Memory.copy(column.start(row), at + prefixBytes, length - prefixBytes);
        } else {
            spec.cell().putKey(column, row, at + prefixBytes);
        }
        return length;
    }

    private void putPrefix(long end) {
        if (prefixBytes > 0) {
            SortKeys.putLong(scratch.room(prefixBytes), end);
        }
    }

    /** Finds the extreme of a group; entries with a count below 1 are rows that have gone before they came. */
    private void note(KeyBatch owners, int owner, long record, Tails tails) {
        if (spec.greatest()) {
            seekBehind(owners, owner);
        } else {
            putPrefix(windowEnd);
            cursor.seek(owners, owner, scratch.room(prefixBytes), prefixBytes, Long.MIN_VALUE);
        }
        while (spec.greatest() ? cursor.previous() : cursor.next()) {
            if (!isOfWindow()) {
                return;
            }
            if (Memory.getLong(cursor.address()) > 0) {
                long key = cursor.orderKeyAddress() + prefixBytes;
                spec.cell().note(record, tails, key, cursor.orderKeyLength() - prefixBytes);
                return;
            }
        }
    }

    private void seekBehind(KeyBatch owners, int owner) {
        if (prefixBytes == 0) {
            cursor.seekLast(owners, owner);
        } else {
            putPrefix(windowEnd + 1);
            cursor.seek(owners, owner, scratch.room(prefixBytes), prefixBytes, Long.MIN_VALUE);
        }
    }

    private boolean isOfWindow() {
        return prefixBytes == 0 || SortKeys.getLong(cursor.orderKeyAddress()) == windowEnd;
    }

    void dropWindow(long end, RecordTable windowGroups) {
        windowEnd = end;
        putPrefix(end);
        try (RecordCursor groups = windowGroups.scan()) {
            while (groups.next()) {
                dropped.clear();
                dropped.append(groups.keyAddress(), groups.keyLength());
                cursor.seek(dropped, 0, scratch.room(prefixBytes), prefixBytes, Long.MIN_VALUE);
                while (cursor.next() && isOfWindow()) {
                    cursor.remove();
                }
            }
        }
    }
}
