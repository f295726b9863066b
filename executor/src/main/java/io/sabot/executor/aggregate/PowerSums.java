package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Storage;

/** Sum and sum of squares of numbers as doubles, for deviations; both as {@link FloatSum} keeps them. */
final class PowerSums implements Accumulator {
    private final FloatSum sum;
    private final FloatSum squares;
    private final Storage storage;
    private final int scale;

    PowerSums(int offset, Storage storage, int scale, boolean retracting) {
        this.sum = new FloatSum(offset, Storage.FLOAT64, retracting);
        this.squares = new FloatSum(offset + FloatSum.bytes(retracting), Storage.FLOAT64, retracting);
        this.storage = storage;
        this.scale = scale;
    }

    static int bytes(boolean retracting) {
        return 2 * FloatSum.bytes(retracting);
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        double[] values = Values.doubles(column, storage, scale, run);
        sum.add(values, run);
        for (int i = 0; i < run.count(); i++) {
            values[i] *= values[i];
        }
        squares.add(values, run);
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        sum.merge(from, fromTails, to, toTails, count);
        squares.merge(from, fromTails, to, toTails, count);
    }

    /** Takes parts of the sum. */
    FloatSum sum() {
        return sum;
    }

    /** Takes parts of the sum of squares. */
    FloatSum squares() {
        return squares;
    }

    double sum(long record) {
        return sum.sum(record);
    }

    double squares(long record) {
        return squares.sum(record);
    }
}
