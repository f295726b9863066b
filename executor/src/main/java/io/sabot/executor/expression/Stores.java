package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.ColumnLimit;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;

/** Writes values into a vector of their type. */
final class Stores {
    private Stores() {}

    /** A vector with the values of {@code count} rows, owned by the caller. */
    static FieldVector store(Value value, DataType type, String name, int count, BufferAllocator allocator) {
        if (value.vector != null) {
            return Gather.take(value.vector, value.places(count), allocator);
        }
        FieldVector vector = Storage.arrowField(name, type).createVector(allocator);
        try {
            if (vector instanceof BaseVariableWidthVector text) {
                texts(value, count, text);
            } else if (vector instanceof BaseFixedWidthVector fixed) {
                fixed(value, type, count, fixed);
            } else {
                nulls(value, count, vector);
            }
            vector.setValueCount(count);
            return vector;
        } catch (RuntimeException | Error e) {
            vector.close();
            throw e;
        }
    }

    /** A vector without rows, owned by the caller. */
    static FieldVector empty(DataType type, String name, BufferAllocator allocator) {
        FieldVector vector = Storage.arrowField(name, type).createVector(allocator);
        vector.allocateNew();
        vector.setValueCount(0);
        return vector;
    }

    private static void nulls(Value value, int count, FieldVector vector) {
        assert value.isNullConstant() : "nested values lie in a vector";
        vector.setInitialCapacity(count);
        vector.allocateNew();
        for (int i = 0; i < count; i++) {
            vector.setNull(i);
        }
    }

    private static void validity(Value value, int count, long out) {
        if (value.validity == 0) {
            Memory.fill(out, (count + 7) >> 3, (byte) -1);
        } else {
            Memory.copy(value.validity, out, (count + 7) >> 3);
        }
    }

    private static void fixed(Value value, DataType type, int count, BaseFixedWidthVector vector) {
        vector.allocateNew(Math.max(1, count));
        long out = vector.getDataBufferAddress();
        switch (Storage.of(type)) {
            case BITMAP -> bitmap(value, count, out);
            case INT8 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putByte(out + i, (byte) value.getLong(i));
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putShort(out + ((long) i << 1), (short) value.getLong(i));
                }
            }
            case INT32 -> ints(value.values, value.step, count, out);
            case INT64, FLOAT64 -> words(value.values, value.step, count, out);
            case FLOAT32 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putFloat(out + ((long) i << 2), (float) value.getDouble(i));
                }
            }
            case DECIMAL128 -> decimals(value, Lane.of(type), count, out);
            case BYTES, STRUCT, LIST, MAP, NULL -> throw new AssertionError(type);
        }
        validity(value, count, vector.getValidityBufferAddress());
    }

    private static void bitmap(Value value, int count, long out) {
        if (value.isConstant()) {
            Memory.fill(out, (count + 7) >> 3, (byte) (value.getBoolean(0) ? -1 : 0));
        } else {
            Memory.copy(value.values, out, (count + 7) >> 3);
        }
    }

    private static void ints(long from, int step, int count, long out) {
        for (int i = 0; i < count; i++) {
            Memory.putInt(out + ((long) i << 2), (int) Memory.getLong(from));
            from += step;
        }
    }

    private static void words(long from, int step, int count, long out) {
        if (step == 8) {
            Memory.copy(from, out, (long) count << 3);
            return;
        }
        for (int i = 0; i < count; i++) {
            Memory.putLong(out + ((long) i << 3), Memory.getLong(from));
        }
    }

    private static void decimals(Value value, Lane lane, int count, long out) {
        if (lane == Lane.DECIMAL && !value.isConstant()) {
            Memory.copy(value.values, out, (long) count << 4);
            return;
        }
        long from = value.values;
        for (int i = 0; i < count; i++) {
            long low = Memory.getLong(from);
            Memory.putLong(out + ((long) i << 4), low);
            Memory.putLong(out + ((long) i << 4) + 8, lane == Lane.DECIMAL ? Memory.getLong(from + 8) : low >> 63);
            from += value.step;
        }
    }

    private static void texts(Value value, int count, BaseVariableWidthVector vector) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += value.isNull(i) ? 0 : value.high(i);
        }
        vector.allocateNew(Math.max(8, ColumnLimit.bytes(bytes) + 8L), Math.max(1, count));
        long out = vector.getDataBufferAddress();
        long offsets = vector.getOffsetBufferAddress();
        int end = 0;
        Memory.putInt(offsets, 0);
        for (int i = 0; i < count; i++) {
            if (!value.isNull(i)) {
                int length = (int) value.high(i);
                Bytes.copy(value.low(i), out + end, length);
                end += length;
            }
            Memory.putInt(offsets + ((long) (i + 1) << 2), end);
        }
        validity(value, count, vector.getValidityBufferAddress());
        vector.setLastSet(count - 1);
    }
}
