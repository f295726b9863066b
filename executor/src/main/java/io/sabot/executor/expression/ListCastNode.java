package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, maps and multisets with their elements in another type. All elements of a batch are cast as one column, by the
 * nodes that cast single values.
 */
final class ListCastNode extends Node {
    private final Node list;
    private final List<Node> parts;
    private final List<DataType> partTypes;

    private ListCastNode(DataType type, Node list, List<Node> parts) {
        super(type, false);
        this.list = list;
        this.parts = parts;
        this.partTypes = parts.stream().map(Node::type).toList();
    }

    /** The cast; null when the types or their elements do not go together. */
    static @Nullable Node of(Node list, DataType type, Compilation c, Origin origin) {
        List<DataType> from = partsOf(list.type());
        List<DataType> to = partsOf(type);
        boolean same = list.type().getClass() == type.getClass() && !from.isEmpty();
        List<Node> parts = new ArrayList<>();
        for (int i = 0; same && i < from.size(); i++) {
            Node part = CastRules.cast(new ColumnNode(0, from.get(i)), to.get(i), c, origin, false);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return same ? new ListCastNode(type, list, parts) : null;
    }

    private static List<DataType> partsOf(DataType type) {
        if (type instanceof MapType map) {
            return List.of(map.key(), map.value());
        }
        if (type instanceof ArrayType array) {
            return List.of(array.element());
        }
        return type instanceof MultisetType multiset ? List.of(multiset.element()) : List.of();
    }

    @Override
    Value evaluate(Frame frame) {
        Value value = list.evaluate(frame);
        if (value.vector == null || value.isNullConstant()) {
            return frame.nulls();
        }
        int count = frame.count();
        ListVector from = (ListVector) frame.keep(Gather.take(value.vector, value.places(count), frame.allocator()));
        ListVector to =
                (ListVector) frame.keep(Storage.arrowField("value", type()).createVector(frame.allocator()));
        to.setInitialCapacity(count);
        to.allocateNew();
        Memory.copy(from.getOffsetBuffer().memoryAddress(), to.getOffsetBuffer().memoryAddress(), (count + 1L) << 2);
        Memory.copy(
                from.getValidityBuffer().memoryAddress(), to.getValidityBuffer().memoryAddress(), (count + 7L) >> 3);
        int elements = from.getElementEndIndex(count - 1);
        if (from.getDataVector() instanceof StructVector entries && !(type() instanceof ArrayType)) {
            StructVector out = (StructVector) to.getDataVector();
            for (int i = 0; i < entries.getChildrenFromFields().size(); i++) {
                FieldVector child = entries.getChildrenFromFields().get(i);
                if (i < parts.size()) {
                    cast(i, child, out.getChildrenFromFields().get(i), elements, frame);
                } else {
                    child.makeTransferPair(out.getChildrenFromFields().get(i)).transfer();
                }
            }
            for (int i = 0; i < elements; i++) {
                out.setIndexDefined(i);
            }
            out.setValueCount(elements);
        } else {
            cast(0, from.getDataVector(), to.getDataVector(), elements, frame);
        }
        to.setLastSet(count - 1);
        to.setValueCount(count);
        return Value.nested(to, null, value.validity);
    }

    private void cast(int part, FieldVector from, FieldVector to, int elements, Frame frame) {
        from.setValueCount(elements);
        DataType type = partTypes.get(part);
        try (FieldVector casted = elements == 0
                ? Stores.empty(type, to.getName(), frame.allocator())
                : Stores.store(
                        parts.get(part).evaluate(frame.over(from)), type, to.getName(), elements, frame.allocator())) {
            casted.makeTransferPair(to).transfer();
        }
    }
}
