package io.sabot.executor.aggregate;

import io.sabot.executor.state.RecordTable;

/** Tails of the records of a state table. */
public final class TableTails implements Tails {
    private final RecordTable table;

    public TableTails(RecordTable table) {
        this.table = table;
    }

    @Override
    public long address(long record) {
        return table.tailAddress(record);
    }

    @Override
    public int length(long record) {
        return table.tailLength(record);
    }

    @Override
    public void set(long record, long bytes, int length) {
        table.setTail(record, bytes, length);
    }
}
