package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;

/** A compiled expression: computes a column for the rows of a frame. Holds no state of a batch. */
abstract class Node {
    private final DataType type;
    private final Lane lane;
    private final boolean eager;

    /**
     * A node of this type.
     *
     * @param eager whether it can neither fail nor costs much, so that it may be computed for rows that do not need it
     */
    Node(DataType type, boolean eager) {
        this.type = type;
        this.lane = Lane.of(type);
        this.eager = eager;
    }

    /** Type of the values. */
    final DataType type() {
        return type;
    }

    /** Form of the values. */
    final Lane lane() {
        return lane;
    }

    /** Whether it may be computed for rows that do not need it. */
    final boolean isEager() {
        return eager;
    }

    /** Computes the values; the frame has at least one row. */
    abstract Value evaluate(Frame frame);
}
