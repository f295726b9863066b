package io.sabot.catalog.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Java objects of one class as bytes. Safe for any thread. */
public abstract class ObjectCodec {
    /** Writes an object; null is one of them. */
    public final void write(@Nullable Object value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            put(value, out);
        }
    }

    /** Reads what {@link #write} has written. */
    public final @Nullable Object read(DataInput in) throws IOException {
        return in.readBoolean() ? get(in) : null;
    }

    /**
     * Writes an object.
     *
     * @throws ClassCastException if it is of another class
     */
    abstract void put(Object value, DataOutput out) throws IOException;

    abstract Object get(DataInput in) throws IOException;
}
