package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RecordTable;
import java.util.concurrent.atomic.LongAdder;

/** Tells rows that take back something from those that take back what has been forgotten; counts the latter. */
final class FoundedRows {
    /** Per group of a batch: whether it was looked at (8), how many rows it has (8). */
    private final LocalTable counts;

    private final LongAdder dropped;
    private long[] records = new long[0];
    private long[] countOf = new long[0];
    private int[] kept = new int[0];

    FoundedRows(KeyLayout keys, OperatorContext context) {
        this.counts = context.own(new LocalTable(context.allocator(), keys, 16));
        this.dropped = context.counter("dropped_retractions");
    }

    /** The rows of a batch that count, in their order; valid until the next call. */
    Selection select(Batch batch, KeyBatch keys, RecordTable groups) {
        int rowCount = batch.rowCount();
        if (records.length < rowCount) {
            records = new long[rowCount];
            countOf = new long[rowCount];
            kept = new int[rowCount];
        }
        groups.find(keys, records);
        counts.resolve(keys, countOf);
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            long group = countOf[row];
            if (Memory.getLong(group) == 0) {
                Memory.putLong(group, 1);
                Memory.putLong(group + 8, records[row] == 0 ? 0 : Aggregation.rowCount(records[row]));
            }
            long rows = Memory.getLong(group + 8);
            int sign = batch.sign(row);
            if (sign > 0 || rows > 0) {
                Memory.putLong(group + 8, rows + sign);
                kept[count++] = row;
            }
        }
        counts.clear();
        dropped.add(rowCount - count);
        return new Selection(kept, count);
    }
}
