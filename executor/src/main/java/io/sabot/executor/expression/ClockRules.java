package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import org.apache.calcite.rex.RexCall;

/** Functions of the clocks: read once for each batch and call. */
final class ClockRules {
    private ClockRules() {}

    static void declare(Functions functions) {
        functions.declare("NOW", (call, c) -> instant(call, false));
        functions.declare("CURRENT_TIMESTAMP", (call, c) -> instant(call, false));
        functions.declare("CURRENT_ROW_TIMESTAMP", (call, c) -> instant(call, true));
        functions.declare("PROCTIME", (call, c) -> instant(call, true));
        functions.declare("LOCALTIMESTAMP", (call, c) -> local(call, Long.MAX_VALUE, 1));
        functions.declare("LOCALTIME", (call, c) -> local(call, TimeArithmetic.DAY_MILLIS, 1));
        functions.declare("CURRENT_TIME", (call, c) -> local(call, TimeArithmetic.DAY_MILLIS, 1));
        functions.declare("CURRENT_DATE", (call, c) -> local(call, Long.MAX_VALUE, TimeArithmetic.DAY_MILLIS));
        functions.declare("CURRENT_WATERMARK", (call, c) -> watermark(call));
    }

    private static Node instant(RexCall call, boolean row) {
        DataType type = RexTypes.of(call.getType());
        long units = units(type);
        return new ClockNode(type, frame -> (row ? frame.batchMillis() : frame.statementMillis()) * units);
    }

    /** Seconds since the epoch, of the statement's clock. */
    static Node seconds(DataType type) {
        return new ClockNode(type, frame -> Math.floorDiv(frame.statementMillis(), 1000));
    }

    private static long units(DataType type) {
        return type instanceof AtomicType atomic && atomic.kind().isTimestamp()
                ? Storage.unitsPerMilli(atomic.precision())
                : 1;
    }

    private static Node local(RexCall call, long modulus, long divisor) {
        DataType type = RexTypes.of(call.getType());
        long units = units(type);
        boolean time = type instanceof AtomicType atomic && atomic.kind() == TypeKind.TIME;
        long step = time ? Digits.power(3 - Math.min(3, ((AtomicType) type).precision())) : 1;
        return new ClockNode(type, frame -> {
            long now = frame.statementMillis();
            long local = new Zone(frame.context().zone()).toLocal(now);
            long part = modulus == Long.MAX_VALUE ? local : Math.floorMod(local, modulus);
            return Math.floorDiv(part, divisor) / step * step * units;
        });
    }

    private static Node watermark(RexCall call) {
        DataType type = RexTypes.of(call.getType());
        long units = units(type);
        return new ClockNode(type, frame -> {
            long watermark = frame.context().watermark().getAsLong();
            return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE ? watermark : watermark * units;
        });
    }

    /** Reads one number; {@code Long.MIN_VALUE} stands for NULL. */
    @FunctionalInterface
    private interface Reading {
        long of(Frame frame);
    }

    private static final class ClockNode extends Node {
        private final Reading reading;

        ClockNode(DataType type, Reading reading) {
            super(type, true);
            this.reading = reading;
        }

        @Override
        Value evaluate(Frame frame) {
            long time = reading.of(frame);
            if (time == Long.MIN_VALUE) {
                return frame.nulls();
            }
            long address = frame.arena().allocate(16);
            Memory.putLong(address, time);
            return Value.constant(address);
        }
    }
}
