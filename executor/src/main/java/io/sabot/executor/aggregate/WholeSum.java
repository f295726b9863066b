package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;

/** Sum of whole numbers in 8 bytes; wraps. */
final class WholeSum implements Accumulator {
    static final int BYTES = 8;

    private final int offset;
    private final Storage storage;

    WholeSum(int offset, Storage storage) {
        this.offset = offset;
        this.storage = storage;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        long[] values = Values.signed(column, storage, run);
        add(values, run.records(), run.count());
    }

    private void add(long[] values, long[] records, int count) {
        for (int i = 0; i < count; i++) {
            long at = records[i] + offset;
            Memory.putLong(at, Memory.getLong(at) + values[i]);
        }
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            long at = to[i] + offset;
            Memory.putLong(at, Memory.getLong(at) + Memory.getLong(from[i] + offset));
        }
    }

    long sum(long record) {
        return Memory.getLong(record + offset);
    }
}
