package io.sabot.connectors.json;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.ScanFilter;
import java.nio.charset.StandardCharsets;

/** A comparison of a column with a constant that the scanner makes as soon as it has the value. */
final class ColumnTest {
    private final ScanFilter.Operator operator;
    private final long number;
    private final byte[] text;

    ColumnTest(ScanFilter.Comparison comparison) {
        this.operator = comparison.operator();
        Object constant = comparison.constant();
        this.number = constant instanceof Long value ? value : constant instanceof Boolean value && value ? 1 : 0;
        this.text = constant instanceof String value ? value.getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    /** Tests a whole number, or a BOOLEAN as 0 and 1. */
    boolean holds(long value) {
        return holdsFor(Long.compare(value, number));
    }

    /** Tests a text, in the order of its bytes. */
    boolean holds(long address, int length) {
        int common = Math.min(length, text.length);
        for (int i = 0; i < common; i++) {
            int difference = (Memory.getByte(address + i) & 0xFF) - (text[i] & 0xFF);
            if (difference != 0) {
                return holdsFor(difference);
            }
        }
        return holdsFor(length - text.length);
    }

    private boolean holdsFor(int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }
}
