package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Puts the values of several expressions together into one column. */
final class Blend {
    private Blend() {}

    /** For each row the first value where the bit is set, else the second. Not for nested values. */
    static Value blend(Lane lane, long bits, Value a, Value b, Frame frame) {
        int n = frame.count();
        long out = frame.arena().allocate(lane.bytes(n));
        switch (lane) {
            case LONG, DOUBLE -> words(bits, a, b, out, n);
            case DECIMAL, TEXT -> pairs(bits, a, b, out, n);
            case BOOLEAN -> bitmaps(bits, a, b, out, n);
            case NESTED -> throw new AssertionError(lane);
        }
        return Value.column(lane, out, validity(bits, a, b, frame));
    }

    private static long validity(long bits, Value a, Value b, Frame frame) {
        if (a.validity == 0 && b.validity == 0) {
            return 0;
        }
        long out = frame.arena().allocate(Bits.bytes(frame.count()));
        for (int w = 0, words = Bits.words(frame.count()); w < words; w++) {
            long at = (long) w << 3;
            long mask = Memory.getLong(bits + at);
            long first = a.validity == 0 ? -1L : Memory.getLong(a.validity + at);
            long second = b.validity == 0 ? -1L : Memory.getLong(b.validity + at);
            Memory.putLong(out + at, (first & mask) | (second & ~mask));
        }
        return out;
    }

    private static void words(long bits, Value a, Value b, long out, int n) {
        long pa = a.values;
        long pb = b.values;
        for (int i = 0; i < n; i += 64) {
            long word = Memory.getLong(bits + (i >> 3));
            int end = Math.min(64, n - i);
            for (int j = 0; j < end; j++) {
                long second = Memory.getLong(pb);
                long mask = -(word >>> j & 1);
                Memory.putLong(out + ((long) (i + j) << 3), second ^ ((Memory.getLong(pa) ^ second) & mask));
                pa += a.step;
                pb += b.step;
            }
        }
    }

    private static void pairs(long bits, Value a, Value b, long out, int n) {
        for (int i = 0; i < n; i++) {
            Value from = Memory.getBit(bits, i) ? a : b;
            long at = out + ((long) i << 4);
            Memory.putLong(at, from.low(i));
            Memory.putLong(at + 8, from.high(i));
        }
    }

    private static void bitmaps(long bits, Value a, Value b, long out, int n) {
        for (int w = 0, words = Bits.words(n); w < words; w++) {
            long mask = Memory.getLong(bits + ((long) w << 3));
            long first = Memory.getLong(a.values + (long) w * a.step);
            long second = Memory.getLong(b.values + (long) w * b.step);
            Memory.putLong(out + ((long) w << 3), (first & mask) | (second & ~mask));
        }
    }

    /** Collects values of parts of a frame's rows. */
    static final class Scatter {
        private static final class Part {
            private final Value value;
            private final int[] rows;

            Part(Value value, int[] rows) {
                this.value = value;
                this.rows = rows;
            }
        }

        private final DataType type;
        private final Lane lane;
        private final Frame frame;
        private final List<Part> parts = new ArrayList<>();

        Scatter(DataType type, Frame frame) {
            this.type = type;
            this.lane = Lane.of(type);
            this.frame = frame;
        }

        /** Takes values whose i-th belongs to row {@code rows[i]}. */
        void put(Value value, int[] rows) {
            parts.add(new Part(value, rows));
        }

        /** The column; every row has been put once. */
        Value result() {
            boolean nulls = parts.stream().anyMatch(part -> part.value.hasNulls());
            long validity = nulls ? frame.arena().allocate(Bits.bytes(frame.count())) : 0;
            if (nulls) {
                Bits.fill(validity, frame.count(), true);
                parts.forEach(part -> putNulls(part, validity));
            }
            if (lane == Lane.NESTED) {
                return nested(validity);
            }
            long out = frame.arena().allocate(lane.bytes(frame.count()));
            for (Part part : parts) {
                switch (lane) {
                    case LONG, DOUBLE -> putWords(part, out);
                    case DECIMAL, TEXT -> putPairs(part, out);
                    case BOOLEAN -> putBits(part, out);
                    case NESTED -> throw new AssertionError(lane);
                }
            }
            return Value.column(lane, out, validity);
        }

        private static void putNulls(Part part, long validity) {
            int[] rows = part.rows;
            for (int i = 0; i < rows.length; i++) {
                if (part.value.isNull(i)) {
                    Memory.clearBit(validity, rows[i]);
                }
            }
        }

        private static void putWords(Part part, long out) {
            int[] rows = part.rows;
            for (int i = 0; i < rows.length; i++) {
                Memory.putLong(out + ((long) rows[i] << 3), part.value.getLong(i));
            }
        }

        private static void putPairs(Part part, long out) {
            int[] rows = part.rows;
            for (int i = 0; i < rows.length; i++) {
                long at = out + ((long) rows[i] << 4);
                Memory.putLong(at, part.value.low(i));
                Memory.putLong(at + 8, part.value.high(i));
            }
        }

        private static void putBits(Part part, long out) {
            int[] rows = part.rows;
            for (int i = 0; i < rows.length; i++) {
                if (part.value.getBoolean(i)) {
                    Memory.setBit(out, rows[i]);
                } else {
                    Memory.clearBit(out, rows[i]);
                }
            }
        }

        private Value nested(long validity) {
            Part[] partOf = new Part[frame.count()];
            int[] indexOf = new int[frame.count()];
            for (Part part : parts) {
                for (int i = 0; i < part.rows.length; i++) {
                    partOf[part.rows[i]] = part;
                    indexOf[part.rows[i]] = i;
                }
            }
            // Lists must be written in the order of their rows.
            try (ColumnBuilder builder = new ColumnBuilder("value", type, frame.allocator(), frame.count())) {
                for (int row = 0; row < partOf.length; row++) {
                    Value value = partOf[row].value;
                    FieldVector from = value.vector;
                    if (from == null || value.isNull(indexOf[row])) {
                        builder.appendNull();
                    } else {
                        int[] fromRows = value.rows;
                        builder.append(from, fromRows == null ? indexOf[row] : fromRows[indexOf[row]]);
                    }
                }
                return Value.nested(frame.keep(builder.finish()), null, validity);
            }
        }
    }
}
