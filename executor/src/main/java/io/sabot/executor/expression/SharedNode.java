package io.sabot.executor.expression;

/** A node that occurs more than once: computed once for each frame. */
final class SharedNode extends Node {
    private final Node node;
    private final int slot;

    SharedNode(Node node, int slot) {
        super(node.type(), node.isEager());
        this.node = node;
        this.slot = slot;
    }

    @Override
    Value evaluate(Frame frame) {
        return frame.shared(slot, node);
    }
}
