package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;

/** Sum and sum of squares of numbers as doubles, for deviations. */
final class PowerSums implements Accumulator {
    static final int BYTES = 16;

    private final int offset;
    private final Storage storage;
    private final int scale;

    PowerSums(int offset, Storage storage, int scale) {
        this.offset = offset;
        this.storage = storage;
        this.scale = scale;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        double[] values = Values.doubles(column, storage, scale, run);
        byte[] signs = run.signs();
        long[] records = run.records();
        for (int i = 0; i < run.count(); i++) {
            int sign = signs == null ? 1 : signs[i];
            add(records[i] + offset, sign * values[i], sign * values[i] * values[i]);
        }
    }

    private static void add(long at, double sum, double squares) {
        Memory.putDouble(at, Memory.getDouble(at) + sum);
        Memory.putDouble(at + 8, Memory.getDouble(at + 8) + squares);
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            add(to[i] + offset, sum(from[i]), squares(from[i]));
        }
    }

    int sumOffset() {
        return offset;
    }

    int squaresOffset() {
        return offset + 8;
    }

    double sum(long record) {
        return Memory.getDouble(record + offset);
    }

    double squares(long record) {
        return Memory.getDouble(record + offset + 8);
    }
}
