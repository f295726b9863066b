package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/**
 * {@code $BUCKET(n, values…)}: a number below n that depends on the values alone. Equal values, such as 0.0 and -0.0, have the
 * same. State is kept by it, so what it gives must never change.
 */
final class BucketRules {
    private static final long SEED = 0x9E3779B97F4A7C15L;
    private static final long NULL = 0x27D4EB2F165667C5L;

    private BucketRules() {}

    static void declare(Functions functions) {
        functions.declare("$BUCKET", BucketRules::bucket);
    }

    private static @Nullable Node bucket(RexCall call, Compilation c) {
        List<Node> nodes = new ArrayList<>(c.compileOperands(call));
        Lane[] lanes = nodes.stream().map(Node::lane).toArray(Lane[]::new);
        if (List.of(lanes).contains(Lane.NESTED)) {
            return null;
        }
        return StrictNode.cheapNullAware(
                RexTypes.of(call.getType()),
                (rows, arguments) -> {
                    for (int row = 0; row < rows.count(); row++) {
                        rows.putLong(row, SEED);
                    }
                    for (int i = 1; i < arguments.length; i++) {
                        mix(arguments[i], lanes[i], rows.out(), rows.count());
                    }
                    long buckets = arguments[0].getLong(0);
                    for (int row = 0; row < rows.count(); row++) {
                        long at = rows.out() + ((long) row << 3);
                        Memory.putLong(at, Math.floorMod(spread(Memory.getLong(at)) >> 1, buckets));
                    }
                },
                nodes.toArray(Node[]::new));
    }

    private static void mix(Value value, Lane lane, long out, int count) {
        for (int row = 0; row < count; row++) {
            long at = out + ((long) row << 3);
            long word = value.isNull(row) ? NULL : word(value, lane, row);
            Memory.putLong(at, spread(Memory.getLong(at) ^ word) * SEED);
        }
    }

    private static long word(Value value, Lane lane, int row) {
        return switch (lane) {
            case LONG -> value.getLong(row);
            case DOUBLE -> Double.doubleToLongBits(value.getDouble(row) + 0.0);
            case BOOLEAN -> value.getBoolean(row) ? 1 : 0;
            case DECIMAL -> spread(value.high(row)) * SEED ^ value.low(row);
            case TEXT -> text(value.low(row), (int) value.high(row));
            case NESTED -> throw new AssertionError(lane);
        };
    }

    private static long text(long address, int length) {
        long hash = length;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = spread(hash ^ Memory.getLong(address + at)) * SEED;
        }
        return at == length ? hash : spread(hash ^ Bytes.word(address + at, length - at)) * SEED;
    }

    private static long spread(long hash) {
        return hash ^ hash >>> 32;
    }
}
