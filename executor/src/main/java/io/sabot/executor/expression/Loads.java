package io.sabot.executor.expression;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import java.util.Objects;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.jspecify.annotations.Nullable;

/** Brings a column of a batch, or some rows of it, into its lane. 8-byte columns and bitmaps are used where they lie. */
final class Loads {
    private Loads() {}

    /** The values of a column; {@code rows} null means its first {@code count} rows. */
    static Value load(Column column, Lane lane, int @Nullable [] rows, int count, Arena arena) {
        long validity = validity(column, rows, count, arena);
        if (lane == Lane.NESTED) {
            return Value.nested(column.vector(), rows, validity);
        }
        long from = column.values();
        int width =
                lane == Lane.TEXT || lane == Lane.BOOLEAN ? 0 : ((BaseFixedWidthVector) column.vector()).getTypeWidth();
        if (rows == null && (lane == Lane.BOOLEAN || (lane != Lane.TEXT && width == lane.width()))) {
            return Value.column(lane, from, validity);
        }
        long out = arena.allocate(lane.bytes(count));
        switch (lane) {
            case BOOLEAN -> Bits.gather(from, selected(rows), count, out);
            case TEXT -> texts(column, rows, count, out);
            case DECIMAL -> decimals(from, selected(rows), count, out);
            case DOUBLE -> {
                if (width == 4) {
                    floats(from, rows, count, out);
                } else {
                    gather(from, selected(rows), count, 3, out);
                }
            }
            case LONG -> longs(from, width, rows, count, out);
            case NESTED -> throw new AssertionError(lane);
        }
        return Value.column(lane, out, validity);
    }

    /** Only a load of selected rows has to move values that have their lane's width. */
    private static int[] selected(int @Nullable [] rows) {
        return Objects.requireNonNull(rows);
    }

    private static long validity(Column column, int @Nullable [] rows, int count, Arena arena) {
        if (!column.hasNulls()) {
            return 0;
        }
        long bitmap = column.validity();
        if (bitmap == 0) {
            return nestedValidity(column, rows, count, arena);
        }
        if (rows == null) {
            return bitmap;
        }
        long out = arena.allocate(Bits.bytes(count));
        Bits.gather(bitmap, rows, count, out);
        return out;
    }

    private static long nestedValidity(Column column, int @Nullable [] rows, int count, Arena arena) {
        long out = arena.allocateZeroed(Bits.bytes(count));
        for (int i = 0; i < count; i++) {
            if (!column.isNull(rows == null ? i : rows[i])) {
                Memory.setBit(out, i);
            }
        }
        return out;
    }

    private static void longs(long from, int width, int @Nullable [] rows, int count, long out) {
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putLong(out + ((long) i << 3), Memory.getByte(from + (rows == null ? i : rows[i])));
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    long row = rows == null ? i : rows[i];
                    Memory.putLong(out + ((long) i << 3), Memory.getShort(from + (row << 1)));
                }
            }
            case 4 -> {
                if (rows == null) {
                    for (int i = 0; i < count; i++) {
                        Memory.putLong(out + ((long) i << 3), Memory.getInt(from + ((long) i << 2)));
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        Memory.putLong(out + ((long) i << 3), Memory.getInt(from + ((long) rows[i] << 2)));
                    }
                }
            }
            case 8 -> gather(from, selected(rows), count, 3, out);
            case 16 -> {
                if (rows == null) {
                    for (int i = 0; i < count; i++) {
                        Memory.putLong(out + ((long) i << 3), Memory.getLong(from + ((long) i << 4)));
                    }
                } else {
                    gather(from, rows, count, 4, out);
                }
            }
            default -> throw new AssertionError("values of " + width + " bytes");
        }
    }

    private static void gather(long from, int[] rows, int count, int shift, long out) {
        for (int i = 0; i < count; i++) {
            Memory.putLong(out + ((long) i << 3), Memory.getLong(from + ((long) rows[i] << shift)));
        }
    }

    private static void floats(long from, int @Nullable [] rows, int count, long out) {
        for (int i = 0; i < count; i++) {
            long row = rows == null ? i : rows[i];
            Memory.putDouble(out + ((long) i << 3), Memory.getFloat(from + (row << 2)));
        }
    }

    private static void decimals(long from, int[] rows, int count, long out) {
        for (int i = 0; i < count; i++) {
            long at = from + ((long) rows[i] << 4);
            Memory.putLong(out + ((long) i << 4), Memory.getLong(at));
            Memory.putLong(out + ((long) i << 4) + 8, Memory.getLong(at + 8));
        }
    }

    private static void texts(Column column, int @Nullable [] rows, int count, long out) {
        long bytes = column.values();
        long offsets = column.offsets();
        if (rows == null) {
            int start = Memory.getInt(offsets);
            for (int i = 0; i < count; i++) {
                int end = Memory.getInt(offsets + ((long) (i + 1) << 2));
                Memory.putLong(out + ((long) i << 4), bytes + start);
                Memory.putLong(out + ((long) i << 4) + 8, end - start);
                start = end;
            }
        } else {
            for (int i = 0; i < count; i++) {
                long at = offsets + ((long) rows[i] << 2);
                int start = Memory.getInt(at);
                Memory.putLong(out + ((long) i << 4), bytes + start);
                Memory.putLong(out + ((long) i << 4) + 8, Memory.getInt(at + 4) - start);
            }
        }
    }
}
