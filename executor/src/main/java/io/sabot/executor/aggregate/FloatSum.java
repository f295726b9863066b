package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;

/**
 * Sum of floating numbers. Over input that can retract the sum is compensated (Neumaier's variant of Kahan's) and NaN and
 * the infinities are counted apart, so that taking them back leaves no trace. Great numbers have a sum of their own, of which
 * a fraction is kept: no sum overflows, however many there are before some are taken back.
 *
 * <pre>
 *   │ sum 8 │                                                                                    append-only
 *   │ sum 8 │ compensation 8 │ NaN 8 │ +∞ 8 │ -∞ 8 │ sum of great ones 8 │ compensation 8 │    retracting
 * </pre>
 */
final class FloatSum implements Accumulator {
    /** Numbers from here on are great: 2^63 lesser ones have a finite sum. */
    private static final double GREAT = 0x1p960;

    private static final double FRACTION = 0x1p-64;
    private static final int COUNTS = 16;
    private static final int GREAT_SUM = 40;

    private final int offset;
    private final Storage storage;
    private final boolean retracting;

    FloatSum(int offset, Storage storage, boolean retracting) {
        this.offset = offset;
        this.storage = storage;
        this.retracting = retracting;
    }

    static int bytes(boolean retracting) {
        return retracting ? 56 : 8;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        add(Values.doubles(column, storage, 0, run), run);
    }

    /** Adds a value per row of a run. */
    void add(double[] values, Run run) {
        if (retracting) {
            addCompensated(values, run);
        } else {
            addPlain(values, run.records(), run.count());
        }
    }

    private void addPlain(double[] values, long[] records, int count) {
        for (int i = 0; i < count; i++) {
            long at = records[i] + offset;
            Memory.putDouble(at, Memory.getDouble(at) + values[i]);
        }
    }

    private void addCompensated(double[] values, Run run) {
        byte[] signs = run.signs();
        long[] records = run.records();
        for (int i = 0; i < run.count(); i++) {
            int sign = signs == null ? 1 : signs[i];
            long at = records[i] + offset;
            double value = values[i];
            if (Double.isNaN(value)) {
                count(at + 16, sign);
            } else if (Double.isInfinite(value)) {
                count(value > 0 ? at + 24 : at + 32, sign);
            } else if (Math.abs(value) >= GREAT) {
                compensate(at + GREAT_SUM, sign * value * FRACTION);
            } else {
                compensate(at, sign * value);
            }
        }
    }

    private static void count(long at, long change) {
        Memory.putLong(at, Memory.getLong(at) + change);
    }

    private static void compensate(long at, double value) {
        double sum = Memory.getDouble(at);
        double next = sum + value;
        double lost = Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
        Memory.putDouble(at, next);
        Memory.putDouble(at + 8, Memory.getDouble(at + 8) + lost);
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            long source = from[i] + offset;
            long at = to[i] + offset;
            if (retracting) {
                mergeSum(source, at);
                mergeSum(source + GREAT_SUM, at + GREAT_SUM);
                for (int word = COUNTS; word < GREAT_SUM; word += 8) {
                    count(at + word, Memory.getLong(source + word));
                }
            } else {
                Memory.putDouble(at, Memory.getDouble(at) + Memory.getDouble(source));
            }
        }
    }

    private static void mergeSum(long source, long at) {
        compensate(at, Memory.getDouble(source));
        compensate(at, Memory.getDouble(source + 8));
    }

    /** The sum; NaN and infinities as IEEE 754 adds them. */
    double sum(long record) {
        long at = record + offset;
        if (!retracting) {
            return Memory.getDouble(at);
        }
        boolean up = Memory.getLong(at + 24) > 0;
        boolean down = Memory.getLong(at + 32) > 0;
        if (Memory.getLong(at + 16) > 0 || (up && down)) {
            return Double.NaN;
        }
        if (up || down) {
            return up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        double sum = Memory.getDouble(at) + Memory.getDouble(at + 8);
        double great = Memory.getDouble(at + GREAT_SUM) + Memory.getDouble(at + GREAT_SUM + 8);
        return great == 0 ? sum : (great + sum * FRACTION) / FRACTION;
    }
}
