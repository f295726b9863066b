package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;

/**
 * First or last value that is not NULL, in order of arrival, of a fixed width. Append-only input.
 *
 * <pre>
 *   │ 1 when there is one (8) │ bits (8; 16 for decimals) │
 * </pre>
 */
final class FixedPick implements Accumulator {
    private final int offset;
    private final Storage storage;
    private final boolean last;

    FixedPick(int offset, Storage storage, boolean last) {
        this.offset = offset;
        this.storage = storage;
        this.last = last;
    }

    static int bytes(Storage storage) {
        return storage == Storage.DECIMAL128 ? 24 : 16;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        boolean wide = storage == Storage.DECIMAL128;
        long[] values = wide ? run.values() : Values.bits(column, storage, run);
        long[] records = run.records();
        for (int i = 0; i < run.count(); i++) {
            long at = records[i] + offset;
            if (last || Memory.getLong(at) == 0) {
                Memory.putLong(at, 1);
                if (wide) {
                    Memory.copy(column.values() + ((long) run.rows()[i] << 4), at + 8, 16);
                } else {
                    Memory.putLong(at + 8, values[i]);
                }
            }
        }
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            if (isSet(from[i]) && (last || !isSet(to[i]))) {
                Memory.copy(from[i] + offset, to[i] + offset, bytes(storage));
            }
        }
    }

    boolean isSet(long record) {
        return Memory.getLong(record + offset) != 0;
    }

    /** Address of the bits. */
    long value(long record) {
        return record + offset + 8;
    }
}
