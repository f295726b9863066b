package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * The values of one expression for the rows of one frame. Valid until the frame's arena is reset.
 *
 * <p>Value {@code i} lies at {@code values + i * step}; a constant has step 0, so that one loop serves columns and
 * constants. In a bitmap the step is that of 64-row words. What lies under a NULL has no meaning but may be read (a text
 * under a NULL is a readable one). Bits behind the last row have no meaning.
 */
final class Value {
    /** Address of the first value; 0 for nested values. */
    final long values;

    /** Bytes from one value (or bitmap word) to the next; 0 for a constant. */
    final int step;

    /** Address of the validity bitmap in whole words; 0 when no value is NULL. A constant has 0, or no bit set. */
    final long validity;

    /** Where nested values lie: row {@code rows[i]} of it, or row {@code i}. */
    final @Nullable FieldVector vector;

    final int @Nullable [] rows;

    private Value(long values, int step, long validity, @Nullable FieldVector vector, int @Nullable [] rows) {
        this.values = values;
        this.step = step;
        this.validity = validity;
        this.vector = vector;
        this.rows = rows;
    }

    /** Values at an address, one behind the other. */
    static Value column(Lane lane, long values, long validity) {
        return new Value(values, lane == Lane.BOOLEAN ? 8 : lane.width(), validity, null, null);
    }

    /** The same value, not NULL, for all rows. */
    static Value constant(long address) {
        return new Value(address, 0, 0, null, null);
    }

    /** NULL for all rows; 16 readable bytes at {@code zeros} must be 0, as must be its first bit for each row. */
    static Value nulls(long zeros) {
        return new Value(zeros, 0, zeros, null, null);
    }

    /** Rows of a vector. */
    static Value nested(FieldVector vector, int @Nullable [] rows, long validity) {
        return new Value(0, 1, validity, vector, rows);
    }

    /** The same values under another validity. */
    Value withValidity(long newValidity) {
        return new Value(values, step, newValidity, vector, rows);
    }

    /** The rows of the vector in which nested values lie; -1, which a vector made of them has as NULL, where one is NULL. */
    Selection places(int count) {
        if (validity == 0) {
            return rows == null ? Selection.all(count) : new Selection(rows, count);
        }
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            places[i] = isNull(i) ? -1 : row;
        }
        return new Selection(places, count);
    }

    /** Whether all rows have the same value. */
    boolean isConstant() {
        return step == 0;
    }

    /** Whether all rows are NULL and this is known without looking. */
    boolean isNullConstant() {
        return step == 0 && validity != 0;
    }

    /** Whether any value may be NULL. */
    boolean hasNulls() {
        return validity != 0;
    }

    /** Whether a row is NULL. */
    boolean isNull(int row) {
        return validity != 0 && !Memory.getBit(validity, step == 0 ? 0 : row);
    }

    /** A value of {@link Lane#LONG}. */
    long getLong(int row) {
        return Memory.getLong(values + (long) row * step);
    }

    /** A value of {@link Lane#DOUBLE}. */
    double getDouble(int row) {
        return Memory.getDouble(values + (long) row * step);
    }

    /** A value of {@link Lane#BOOLEAN}. */
    boolean getBoolean(int row) {
        return (Memory.getLong(values + (long) (row >> 6) * step) >>> (step == 0 ? 0 : row) & 1) != 0;
    }

    /** Address of the first byte of a text, or low half of a decimal. */
    long low(int row) {
        return Memory.getLong(values + (long) row * step);
    }

    /** Number of bytes of a text, or high half of a decimal. */
    long high(int row) {
        return Memory.getLong(values + (long) row * step + 8);
    }
}
