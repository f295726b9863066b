package io.sabot.executor.expression;

import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Puts values together to a ROW. It is NULL where {@code whole} is, and never otherwise. */
final class RowNode extends Node {
    private final RowType row;
    private final Node[] fields;
    private final @Nullable Node whole;

    /**
     * The node of a constructor, or of a ROW whose fields are cast.
     *
     * @param whole the ROW that the fields come from; null for a constructor
     */
    RowNode(RowType type, List<Node> fields, @Nullable Node whole) {
        super(type, false);
        this.row = type;
        this.fields = fields.toArray(Node[]::new);
        this.whole = whole;
    }

    @Override
    Value evaluate(Frame frame) {
        int count = frame.count();
        BufferAllocator allocator = frame.allocator();
        StructVector vector =
                (StructVector) frame.keep(Storage.arrowField("value", row).createVector(allocator));
        vector.setInitialCapacity(count);
        vector.allocateNew();
        for (int i = 0; i < fields.length; i++) {
            String name = row.fields().get(i).name();
            try (FieldVector field =
                    Stores.store(fields[i].evaluate(frame), row.fields().get(i).type(), name, count, allocator)) {
                field.makeTransferPair(vector.getChildrenFromFields().get(i)).transfer();
            }
        }
        long validity = whole == null ? 0 : whole.evaluate(frame).validity;
        long out = vector.getValidityBuffer().memoryAddress();
        for (int i = 0; i < count; i++) {
            if (validity == 0 || Memory.getBit(validity, i)) {
                Memory.setBit(out, i);
            } else {
                Memory.clearBit(out, i);
            }
        }
        vector.setValueCount(count);
        return Value.nested(vector, null, validity);
    }
}
