package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;

/**
 * Least or greatest of values up to 8 bytes. What is stored is the value as an ordered long, xor the value that loses
 * against all others, so that the zeros of a new record lose against any value without being marked.
 */
final class FixedExtreme implements Accumulator {
    static final int BYTES = 8;

    private final int offset;
    private final Storage storage;
    private final boolean greatest;
    private final long loser;

    FixedExtreme(int offset, Storage storage, boolean greatest) {
        this.offset = offset;
        this.storage = storage;
        this.greatest = greatest;
        this.loser = greatest ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        long[] values = Values.ordered(column, storage, run);
        if (greatest) {
            raise(values, run.records(), run.count());
        } else {
            lower(values, run.records(), run.count());
        }
    }

    private void raise(long[] values, long[] records, int count) {
        for (int i = 0; i < count; i++) {
            long at = records[i] + offset;
            if (values[i] > (Memory.getLong(at) ^ Long.MIN_VALUE)) {
                Memory.putLong(at, values[i] ^ Long.MIN_VALUE);
            }
        }
    }

    private void lower(long[] values, long[] records, int count) {
        for (int i = 0; i < count; i++) {
            long at = records[i] + offset;
            if (values[i] < (Memory.getLong(at) ^ Long.MAX_VALUE)) {
                Memory.putLong(at, values[i] ^ Long.MAX_VALUE);
            }
        }
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            long at = to[i] + offset;
            long mine = Memory.getLong(at) ^ loser;
            long other = Memory.getLong(from[i] + offset) ^ loser;
            if (greatest ? other > mine : other < mine) {
                Memory.putLong(at, other ^ loser);
            }
        }
    }

    /** The extreme as an ordered long; meaningless when no row has counted. */
    long value(long record) {
        return Memory.getLong(record + offset) ^ loser;
    }
}
