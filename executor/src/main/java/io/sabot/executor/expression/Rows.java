package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** What a kernel gets and gives beside its arguments: the rows, where results go, which of them are NULL. */
final class Rows {
    private final Frame frame;
    private final Lane lane;
    private final int count;
    private final long out;
    private long validity;
    private boolean ownValidity;
    private @Nullable ColumnBuilder nested;

    Rows(Frame frame, Lane lane, int count, long validity) {
        this.frame = frame;
        this.lane = lane;
        this.count = count;
        this.validity = validity;
        this.out = lane == Lane.NESTED ? 0 : allocate(frame.arena(), lane, count, validity);
    }

    /** Texts under NULL must be readable although kernels need not set them. */
    private static long allocate(Arena arena, Lane lane, int count, long validity) {
        long bytes = lane.bytes(count);
        return lane == Lane.TEXT && validity != 0 ? arena.allocateZeroed(bytes) : arena.allocate(bytes);
    }

    /** Number of rows to compute: 1 when all arguments are constant. */
    int count() {
        return count;
    }

    /** Where the results go, as the lane lays them out. */
    long out() {
        return out;
    }

    /** Memory for texts and intermediate values. */
    Arena arena() {
        return frame.arena();
    }

    /** Clocks and time zone. */
    EvaluationContext context() {
        return frame.context();
    }

    /** Bitmap of the rows that are not NULL so far; 0 when none is. */
    long validity() {
        return validity;
    }

    /** Whether the result of a row is NULL already, because an argument is. */
    boolean isNull(int row) {
        return validity != 0 && !Memory.getBit(validity, row);
    }

    /** Makes the result of a row NULL; texts become readable. */
    void setNull(int row) {
        if (!ownValidity) {
            long copy = arena().allocate(Bits.bytes(count));
            if (validity == 0) {
                Bits.fill(copy, count, true);
            } else {
                Memory.copy(validity, copy, Bits.bytes(count));
            }
            validity = copy;
            ownValidity = true;
        }
        Memory.clearBit(validity, row);
        if (lane == Lane.TEXT) {
            putText(row, 0, 0);
        }
    }

    /** Sets a result of {@link Lane#LONG}. */
    void putLong(int row, long value) {
        Memory.putLong(out + ((long) row << 3), value);
    }

    /** Sets a result of {@link Lane#DOUBLE}. */
    void putDouble(int row, double value) {
        Memory.putDouble(out + ((long) row << 3), value);
    }

    /** Sets a result of {@link Lane#DECIMAL}. */
    void putDecimal(int row, long low, long high) {
        Memory.putLong(out + ((long) row << 4), low);
        Memory.putLong(out + ((long) row << 4) + 8, high);
    }

    /** Sets a result of {@link Lane#BOOLEAN}. */
    void putBoolean(int row, boolean value) {
        if (value) {
            Memory.setBit(out, row);
        } else {
            Memory.clearBit(out, row);
        }
    }

    /** Sets a result of {@link Lane#TEXT} to bytes that stay where they are until the batch is done. */
    void putText(int row, long address, long length) {
        Memory.putLong(out + ((long) row << 4), address);
        Memory.putLong(out + ((long) row << 4) + 8, length);
    }

    /** Sets a result of {@link Lane#TEXT} to a copy of an array. */
    void putText(int row, byte[] bytes) {
        long address = arena().allocate(bytes.length);
        Memory.copy(bytes, 0, address, bytes.length);
        putText(row, address, bytes.length);
    }

    /** Form of the results. */
    Lane lane() {
        return lane;
    }

    /** Where results of {@link Lane#NESTED} go, row by row. */
    ColumnBuilder nestedResult(DataType type) {
        ColumnBuilder builder = nested;
        if (builder == null) {
            builder = new ColumnBuilder("value", type, frame.allocator(), count);
            nested = builder;
        }
        return builder;
    }

    /** Gives up the results of a kernel that failed. */
    void abandon() {
        if (nested != null) {
            nested.close();
        }
    }

    /** The result. */
    Value result(boolean constant) {
        ColumnBuilder builder = nested;
        if (builder != null) {
            return nestedResult(frame.keep(builder.finish()));
        }
        if (!constant) {
            return Value.column(lane, out, validity);
        }
        return validity != 0 && !Memory.getBit(validity, 0) ? frame.nulls() : constantResult();
    }

    private Value nestedResult(FieldVector vector) {
        Value all = Loads.load(new Column(vector), Lane.NESTED, null, count, arena());
        if (count == frame.count()) {
            return all;
        }
        // A constant: every row is row 0 of the vector.
        return vector.isNull(0) ? frame.nulls() : Value.nested(vector, new int[frame.count()], 0);
    }

    private Value constantResult() {
        if (lane == Lane.BOOLEAN) {
            Memory.putLong(out, -(Memory.getLong(out) & 1));
        }
        return Value.constant(out);
    }
}
