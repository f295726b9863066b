package io.sabot.connectors.record;

import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.text.TextValues;
import io.sabot.executor.batch.ColumnBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Whole numbers without a sign that 64 bits with a sign do not reach. */
public final class UnsignedNumber {
    private UnsignedNumber() {}

    /**
     * Appends a number whose bits, read with a sign, are below zero.
     *
     * @throws FieldProblem if the column takes whole numbers of at most 64 bits only
     */
    public static void append(long bits, AtomicType type, ColumnBuilder target) throws FieldProblem {
        BigInteger value = new BigInteger(Long.toUnsignedString(bits));
        switch (type.kind()) {
            case DECIMAL -> TextValues.appendDecimal(new BigDecimal(value), type, target);
            case DOUBLE -> target.appendDouble(value.doubleValue());
            case FLOAT -> target.appendFloat(value.floatValue());
            default -> throw new FieldProblem("", "the number " + value + " does not fit");
        }
    }
}
