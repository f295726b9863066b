package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;

/** The same values under another type of the same lane. */
final class RelabelledNode extends Node {
    private final Node node;

    RelabelledNode(DataType type, Node node) {
        super(type, node.isEager());
        assert lane() == node.lane();
        this.node = node;
    }

    @Override
    Value evaluate(Frame frame) {
        return node.evaluate(frame);
    }
}
