package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Sum of decimals at the column's scale: 24 bytes, a 192-bit number, so that nothing wraps on the way. */
final class DecimalSum implements Accumulator {
    static final int BYTES = 24;

    private final int offset;

    DecimalSum(int offset) {
        this.offset = offset;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        byte[] signs = run.signs();
        int[] rows = run.rows();
        long[] records = run.records();
        for (int i = 0; i < run.count(); i++) {
            long at = column.values() + ((long) rows[i] << 4);
            long low = Memory.getLong(at);
            long high = Memory.getLong(at + 8);
            if (signs != null && signs[i] < 0) {
                low = -low;
                high = ~high + (low == 0 ? 1 : 0);
            }
            Int128.addTo192(records[i] + offset, low, high, high >> 63);
        }
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            long at = from[i] + offset;
            Int128.addTo192(to[i] + offset, Memory.getLong(at), Memory.getLong(at + 8), Memory.getLong(at + 16));
        }
    }

    boolean fits(long record) {
        return Int128.fits(record + offset);
    }

    long low(long record) {
        return Memory.getLong(record + offset);
    }

    long high(long record) {
        return Memory.getLong(record + offset + 8);
    }

    /** The sum without its scale; null when it has more than 38 digits. */
    @Nullable
    BigInteger unscaled(long record) {
        return fits(record) ? Int128.toBigInteger(low(record), high(record)) : null;
    }
}
