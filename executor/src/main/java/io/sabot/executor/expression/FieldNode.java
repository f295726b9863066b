package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Column;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;

/** A field of a ROW; NULL where the row is. */
final class FieldNode extends Node {
    private final Node row;
    private final int field;

    FieldNode(Node row, int field, DataType type) {
        super(type, row.isEager());
        this.row = row;
        this.field = field;
    }

    @Override
    Value evaluate(Frame frame) {
        Value value = row.evaluate(frame);
        if (!(value.vector instanceof StructVector struct)) {
            return frame.nulls();
        }
        FieldVector child = struct.getChildrenFromFields().get(field);
        Value loaded = Loads.load(new Column(child), lane(), value.rows, frame.count(), frame.arena());
        return loaded.withValidity(frame.bothValid(loaded.validity, value.validity));
    }
}
