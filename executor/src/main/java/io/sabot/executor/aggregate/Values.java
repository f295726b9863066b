package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;

/** Loads column values of a run into arrays of one type, so that every kernel behind is one loop. */
final class Values {
    private Values() {}

    /** Bits of values up to 8 bytes: whole numbers widened, floats as their bits, BOOLEAN as 0 or 1. */
    static long[] bits(Column column, Storage storage, Run run) {
        long[] out = run.values();
        int[] rows = run.rows();
        int count = run.count();
        long values = column.values();
        switch (storage) {
            case INT64, FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Memory.getLong(values + ((long) rows[i] << 3));
                }
            }
            case INT32, FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Memory.getInt(values + ((long) rows[i] << 2));
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Memory.getShort(values + ((long) rows[i] << 1));
                }
            }
            case INT8 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Memory.getByte(values + rows[i]);
                }
            }
            case BITMAP -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Memory.getBit(values, rows[i]) ? 1 : 0;
                }
            }
            case DECIMAL128, BYTES, STRUCT, LIST, MAP, NULL -> throw new AssertionError(storage);
        }
        return out;
    }

    /** Whole numbers, negated where the row's sign is. */
    static long[] signed(Column column, Storage storage, Run run) {
        long[] out = bits(column, storage, run);
        byte[] signs = run.signs();
        if (signs != null) {
            for (int i = 0; i < run.count(); i++) {
                out[i] *= signs[i];
            }
        }
        return out;
    }

    /** Longs that compare as the values do. */
    static long[] ordered(Column column, Storage storage, Run run) {
        if (storage != Storage.FLOAT64 && storage != Storage.FLOAT32) {
            return bits(column, storage, run);
        }
        double[] doubles = doubles(column, storage, 0, run);
        long[] out = run.values();
        for (int i = 0; i < run.count(); i++) {
            out[i] = ordered(doubles[i]);
        }
        return out;
    }

    /** A long that compares as doubles do, NaN highest. */
    static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    /** The double of an ordered long. */
    static double unordered(long value) {
        return Double.longBitsToDouble(value ^ ((value >> 63) & Long.MAX_VALUE));
    }

    /** Numbers of any kind as doubles; decimals are scaled. */
    static double[] doubles(Column column, Storage storage, int scale, Run run) {
        double[] out = run.doubles();
        int[] rows = run.rows();
        int count = run.count();
        long values = column.values();
        switch (storage) {
            case FLOAT64 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Memory.getDouble(values + ((long) rows[i] << 3));
                }
            }
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    out[i] = Memory.getFloat(values + ((long) rows[i] << 2));
                }
            }
            case DECIMAL128 -> {
                double unit = Math.pow(10, scale);
                for (int i = 0; i < count; i++) {
                    long at = values + ((long) rows[i] << 4);
                    out[i] = Int128.toDouble(Memory.getLong(at), Memory.getLong(at + 8)) / unit;
                }
            }
            default -> {
                long[] bits = bits(column, storage, run);
                for (int i = 0; i < count; i++) {
                    out[i] = bits[i];
                }
            }
        }
        return out;
    }
}
