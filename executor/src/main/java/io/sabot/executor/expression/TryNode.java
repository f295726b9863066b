package io.sabot.executor.expression;

import io.sabot.parser.error.SabotException;
import org.jspecify.annotations.Nullable;

/** The values of a node, NULL for rows on which it fails: those are found by computing the rows one by one. */
final class TryNode extends Node {
    private static final String DATA_ERRORS = "22";

    private final Node node;

    TryNode(Node node) {
        super(node.type(), false);
        this.node = node;
    }

    @Override
    Value evaluate(Frame frame) {
        try {
            return node.evaluate(frame);
        } catch (SabotException e) {
            return rowByRow(frame);
        }
    }

    private Value rowByRow(Frame frame) {
        Rows rows = new Rows(frame, lane(), frame.count(), 0);
        try {
            for (int row = 0; row < frame.count(); row++) {
                Boxes.write(rows, row, type(), value(frame.narrow(new int[] {row}, 1)));
            }
            return rows.result(false);
        } catch (RuntimeException | Error e) {
            rows.abandon();
            throw e;
        }
    }

    private @Nullable Object value(Frame row) {
        try {
            return Boxes.read(node.evaluate(row), 0, type());
        } catch (SabotException e) {
            if (e.code().sqlState().startsWith(DATA_ERRORS)) {
                return null;
            }
            throw e;
        }
    }
}
