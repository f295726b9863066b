package io.sabot.function;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A ROW: values by position. */
public final class Row {
    private final @Nullable Object[] fields;

    /** A row of NULLs. */
    public Row(int arity) {
        fields = new Object[arity];
    }

    /** A row of values. */
    public static Row of(@Nullable Object... values) {
        Row row = new Row(values.length);
        System.arraycopy(values, 0, row.fields, 0, values.length);
        return row;
    }

    /** A row of NULLs. */
    public static Row withPositions(int arity) {
        return new Row(arity);
    }

    /** Number of values. */
    public int getArity() {
        return fields.length;
    }

    /** A value. */
    public @Nullable Object getField(int position) {
        return fields[position];
    }

    /** A value in the type that the caller expects. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Flink's
    public <T> @Nullable T getFieldAs(int position) {
        return (T) fields[position];
    }

    /** Changes a value. */
    public void setField(int position, @Nullable Object value) {
        fields[position] = value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Row row && Arrays.deepEquals(fields, row.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(fields);
    }

    @Override
    public String toString() {
        return "+I" + Arrays.deepToString(fields);
    }
}
