package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Memory;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The same value for all rows. Its bytes belong to the arena of the compiled expression. */
final class ConstantNode extends Node {
    private final @Nullable Value value;

    private ConstantNode(DataType type, @Nullable Value value) {
        super(type, true);
        this.value = value;
    }

    static ConstantNode ofNull(DataType type) {
        return new ConstantNode(type, null);
    }

    static ConstantNode ofLong(DataType type, long value, Arena arena) {
        long address = arena.allocateZeroed(16);
        Memory.putLong(address, value);
        return new ConstantNode(type, Value.constant(address));
    }

    static ConstantNode ofDouble(DataType type, double value, Arena arena) {
        return ofLong(type, Double.doubleToRawLongBits(value), arena);
    }

    static ConstantNode ofBoolean(DataType type, boolean value, Arena arena) {
        return ofLong(type, value ? -1L : 0, arena);
    }

    /** An unscaled decimal of either lane. */
    static ConstantNode ofDecimal(DataType type, BigInteger unscaled, Arena arena) {
        long address = arena.allocate(16);
        Memory.putLong(address, unscaled.longValue());
        Memory.putLong(address + 8, unscaled.shiftRight(64).longValue());
        return new ConstantNode(type, Value.constant(address));
    }

    static ConstantNode ofText(DataType type, byte[] bytes, Arena arena) {
        long text = arena.allocateZeroed(bytes.length);
        Memory.copy(bytes, 0, text, bytes.length);
        long address = arena.allocate(16);
        Memory.putLong(address, text);
        Memory.putLong(address + 8, bytes.length);
        return new ConstantNode(type, Value.constant(address));
    }

    /** The value; null for NULL. */
    @Nullable
    Value value() {
        return value;
    }

    @Override
    Value evaluate(Frame frame) {
        return value == null ? frame.nulls() : value;
    }
}
