package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a batch with the record that each goes to: what kernels loop over. Reused from batch to batch.
 *
 * <p>Row {@code rows[i]} of the batch goes to the record at {@code records[i]}, with sign {@code signs[i]}.
 */
public final class Run {
    private int[] rows = new int[0];
    private long[] records = new long[0];
    private byte[] signs = new byte[0];
    private long[] values = new long[0];
    private double[] doubles = new double[0];
    private int count;
    private boolean signed;

    /** Rows by index, at least {@link #count} long. */
    public int[] rows() {
        return rows;
    }

    /** Record addresses, at least {@link #count} long; filled by the table. */
    public long[] records() {
        return records;
    }

    /** +1 or -1 per row; null when all are +1. */
    public byte @Nullable [] signs() {
        return signed ? signs : null;
    }

    /** The rows as a selection; valid until the run changes. */
    public Selection selection() {
        return new Selection(rows, count);
    }

    /** Number of rows. */
    public int count() {
        return count;
    }

    /** Scratch for values of the rows. */
    long[] values() {
        if (values.length < records.length) {
            values = new long[records.length];
        }
        return values;
    }

    /** Scratch for values of the rows. */
    double[] doubles() {
        if (doubles.length < records.length) {
            doubles = new double[records.length];
        }
        return doubles;
    }

    /** Empties the run and makes room for this many rows. */
    public void reset(int capacity) {
        if (rows.length < capacity) {
            int size = Math.max(capacity, 256);
            rows = new int[size];
            records = new long[size];
            signs = new byte[size];
        }
        count = 0;
        signed = false;
    }

    /** Takes the rows {@code selected[0]} to {@code selected[selectedCount - 1]} of a batch. */
    public void set(Batch batch, int[] selected, int selectedCount) {
        reset(selectedCount);
        System.arraycopy(selected, 0, rows, 0, selectedCount);
        count = selectedCount;
        setSigns(batch);
    }

    /** Takes rows {@code from} to {@code to - 1} of a batch. */
    public void setRange(Batch batch, int from, int to) {
        reset(to - from);
        for (int i = from; i < to; i++) {
            rows[i - from] = i;
        }
        count = to - from;
        setSigns(batch);
    }

    private void setSigns(Batch batch) {
        long kinds = batch.kindsAddress();
        signed = kinds != 0;
        if (signed) {
            for (int i = 0; i < count; i++) {
                signs[i] = (byte) RowKind.sign(Memory.getByte(kinds + rows[i]));
            }
        }
    }

    /** Adds a row; room was made by {@link #reset}. */
    void add(int row, long record, int sign) {
        rows[count] = row;
        records[count] = record;
        signs[count] = (byte) sign;
        signed |= sign < 0;
        count++;
    }

    @Override
    public String toString() {
        return "Run" + Arrays.toString(Arrays.copyOf(rows, count));
    }
}
