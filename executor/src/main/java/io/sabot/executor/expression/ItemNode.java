package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/**
 * An element of an array by its place, counted from 1, or a value of a map by its key; NULL where there is none. Elements
 * are read where they lie.
 */
final class ItemNode extends Node {
    private final Node collection;
    private final Node item;
    private final @Nullable DataType keyType;

    private ItemNode(DataType type, Node collection, Node item, @Nullable DataType keyType) {
        super(type, false);
        this.collection = collection;
        this.item = item;
        this.keyType = keyType;
    }

    /** The node of {@code a[b]}; null for other collections than arrays and maps. */
    static @Nullable Node compile(RexCall call, Compilation c) {
        Node collection = c.compile(call.getOperands().get(0));
        Node item = c.compile(call.getOperands().get(1));
        DataType type = RexTypes.of(call.getType());
        if (collection.type() instanceof ArrayType) {
            return new ItemNode(type, collection, Coercion.to(item, AtomicType.BIGINT, c), null);
        }
        if (collection.type() instanceof MapType map) {
            DataType common = ComparisonRules.commonElement(map.key(), item.type());
            Node keyed = CastRules.cast(collection, new MapType(common, map.value(), true), c, c.origin(), false);
            Node key = CastRules.cast(item, common, c, c.origin(), false);
            return keyed == null || key == null ? null : new ItemNode(type, keyed, key, common);
        }
        return null;
    }

    @Override
    Value evaluate(Frame frame) {
        Value lists = collection.evaluate(frame);
        Value items = item.evaluate(frame);
        if (!(lists.vector instanceof ListVector list) || items.isNullConstant()) {
            return frame.nulls();
        }
        FieldVector values = list.getDataVector();
        FieldVector keys = null;
        if (keyType != null) {
            List<FieldVector> entry = ((StructVector) values).getChildrenFromFields();
            keys = entry.get(0);
            values = entry.get(1);
        }
        if (values.getValueCount() == 0) {
            return frame.nulls();
        }
        int count = frame.count();
        int[] rows = new int[count];
        long found = frame.arena().allocateZeroed(Bits.bytes(count));
        for (int i = 0; i < count; i++) {
            int at = lists.isNull(i) || items.isNull(i) ? -1 : find(list, lists.rows, keys, items, i);
            if (at >= 0) {
                rows[i] = at;
                Memory.setBit(found, i);
            }
        }
        Value loaded = Loads.load(new Column(values), lane(), rows, count, frame.arena());
        return loaded.withValidity(frame.bothValid(loaded.validity, found));
    }

    private int find(ListVector list, int @Nullable [] listRows, @Nullable FieldVector keys, Value items, int row) {
        int listRow = listRows == null ? row : listRows[row];
        int start = list.getElementStartIndex(listRow);
        int end = list.getElementEndIndex(listRow);
        if (keys == null || keyType == null) {
            long index = items.getLong(row);
            return index < 1 || index > end - start ? -1 : start + (int) index - 1;
        }
        Object wanted = Boxes.read(items, row, keyType);
        for (int i = end - 1; i >= start; i--) {
            if (Boxes.equal(wanted, Boxes.read(keys, i, keyType))) {
                return i;
            }
        }
        return -1;
    }
}
