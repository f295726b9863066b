package io.sabot.executor.batch;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/**
 * The addresses of one vector, hoisted once per batch. Valid as long as the vector is open and unchanged.
 *
 * <p>For nested vectors only {@link #vector}, {@link #nullCount} and {@link #isNull} mean something.
 */
public final class Column {
    private final FieldVector vector;
    private final int nullCount;
    private final long validity;
    private final long values;
    private final long offsets;

    /** Looks at a vector whose value count is set. */
    public Column(FieldVector vector) {
        this.vector = vector;
        this.nullCount = vector.getNullCount();
        if (vector instanceof BaseVariableWidthVector text) {
            validity = text.getValidityBufferAddress();
            values = text.getDataBufferAddress();
            offsets = text.getOffsetBufferAddress();
        } else if (vector instanceof BaseFixedWidthVector fixed) {
            validity = fixed.getValidityBufferAddress();
            values = fixed.getDataBufferAddress();
            offsets = 0;
        } else {
            validity = 0;
            values = 0;
            offsets = 0;
        }
    }

    /** The vector itself. */
    public FieldVector vector() {
        return vector;
    }

    /** Number of NULLs; 0 lets a kernel skip the validity bitmap. */
    public int nullCount() {
        return nullCount;
    }

    /** Whether there is any NULL. */
    public boolean hasNulls() {
        return nullCount != 0;
    }

    /** Address of the validity bitmap, bit 1 = not NULL. Do not read it when {@link #hasNulls} is false. */
    public long validity() {
        return validity;
    }

    /** Address of the values: fixed-width values, a bitmap for BOOLEAN, the bytes of texts. */
    public long values() {
        return values;
    }

    /** Address of the 4-byte offsets of a text or byte string column, one more than rows. */
    public long offsets() {
        return offsets;
    }

    /** Whether a value is NULL. */
    public boolean isNull(int row) {
        if (nullCount == 0) {
            return false;
        }
        return validity == 0 ? vector.isNull(row) : !Memory.getBit(validity, row);
    }

    /** Address of the first byte of a text. */
    public long start(int row) {
        return values + Memory.getInt(offsets + ((long) row << 2));
    }

    /** Length of a text in bytes. */
    public int length(int row) {
        long at = offsets + ((long) row << 2);
        return Memory.getInt(at + 4) - Memory.getInt(at);
    }

    /** An 8-byte value. */
    public long getLong(int row) {
        return Memory.getLong(values + ((long) row << 3));
    }

    /** A 4-byte value. */
    public int getInt(int row) {
        return Memory.getInt(values + ((long) row << 2));
    }

    /** A BOOLEAN. */
    public boolean getBoolean(int row) {
        return Memory.getBit(values, row);
    }
}
