package io.sabot.executor.over;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;

/**
 * Places of rows that come in order, counted per partition in state.
 *
 * <pre>
 *   places: partition → rows (8), rank (8), different times (8), newest time (8)
 * </pre>
 */
final class Places {
    private final RecordTable table;
    private long[] records = new long[0];
    private long[] rowNumbers = new long[0];
    private long[] ranks = new long[0];
    private long[] denseRanks = new long[0];

    Places(KeyLayout partitions, OperatorContext context) {
        this.table = context.state().recordTable("places", RecordSpec.of(partitions, 32, StateBound.KEYS));
    }

    /** Counts rows, in order. */
    void count(KeyBatch keys, Column times) {
        int count = keys.count();
        if (records.length < count) {
            records = new long[count];
            rowNumbers = new long[count];
            ranks = new long[count];
            denseRanks = new long[count];
        }
        table.resolve(keys, records);
        for (int row = 0; row < count; row++) {
            long record = records[row];
            long rows = Memory.getLong(record) + 1;
            long time = times.getLong(row);
            Memory.putLong(record, rows);
            if (rows == 1 || Memory.getLong(record + 24) != time) {
                Memory.putLong(record + 8, rows);
                Memory.putLong(record + 16, Memory.getLong(record + 16) + 1);
                Memory.putLong(record + 24, time);
            }
            rowNumbers[row] = rows;
            ranks[row] = Memory.getLong(record + 8);
            denseRanks[row] = Memory.getLong(record + 16);
        }
    }

    /** Place of a row counted last, from 1 on. */
    long rowNumber(int row) {
        return rowNumbers[row];
    }

    /** Place of a row in its partition. */
    long place(RankingFunction function, int row) {
        return switch (function) {
            case ROW_NUMBER -> rowNumbers[row];
            case RANK -> ranks[row];
            case DENSE_RANK -> denseRanks[row];
            case PERCENT_RANK, CUME_DIST, NTILE -> throw new AssertionError(function);
        };
    }
}
