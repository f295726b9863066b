package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;

/** A column of the input. */
final class ColumnNode extends Node {
    private final int index;

    ColumnNode(int index, DataType type) {
        super(type, true);
        this.index = index;
    }

    /** Position among the columns of the input. */
    int index() {
        return index;
    }

    @Override
    Value evaluate(Frame frame) {
        return frame.column(index, lane());
    }
}
