package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;

/** Least or greatest decimal: 16 bytes, the high half xor the half of the value that loses, as in {@link FixedExtreme}. */
final class DecimalExtreme implements Accumulator {
    static final int BYTES = 16;

    private final int offset;
    private final boolean greatest;
    private final long loserLow;
    private final long loserHigh;

    DecimalExtreme(int offset, boolean greatest) {
        this.offset = offset;
        this.greatest = greatest;
        this.loserLow = greatest ? 0 : -1L;
        this.loserHigh = greatest ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        int[] rows = run.rows();
        long[] records = run.records();
        for (int i = 0; i < run.count(); i++) {
            long at = column.values() + ((long) rows[i] << 4);
            offer(records[i], Memory.getLong(at), Memory.getLong(at + 8));
        }
    }

    private void offer(long record, long low, long high) {
        int order = Int128.compare(low, high, low(record), high(record));
        if (greatest ? order > 0 : order < 0) {
            Memory.putLong(record + offset, low ^ loserLow);
            Memory.putLong(record + offset + 8, high ^ loserHigh);
        }
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            offer(to[i], low(from[i]), high(from[i]));
        }
    }

    long low(long record) {
        return Memory.getLong(record + offset) ^ loserLow;
    }

    long high(long record) {
        return Memory.getLong(record + offset + 8) ^ loserHigh;
    }
}
