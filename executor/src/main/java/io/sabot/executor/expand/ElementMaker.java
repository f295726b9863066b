package io.sabot.executor.expand;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.expression.Projector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Makes a row of each element of a collection: the fields of a ROW, key and value of a MAP. NULLs among ROWs are left out. */
public final class ElementMaker implements RowMaker {
    private final Projector collection;
    private final DataType type;
    private final boolean ordinality;
    private int[] parents = new int[256];
    private int[] positions = new int[256];
    private int count;

    /**
     * Owns the projector.
     *
     * @param collection computes the collection as its only column
     * @param ordinality whether a last column counts the elements, from 1
     */
    public ElementMaker(Projector collection, boolean ordinality) {
        this.collection = collection;
        this.type = collection.output().type(0);
        this.ordinality = ordinality;
    }

    @Override
    public MadeRows make(Batch batch, BufferAllocator allocator) {
        ListVector list =
                (ListVector) collection.project(batch, null, allocator).get(0);
        List<FieldVector> owned = new ArrayList<>(List.of(list));
        try {
            List<FieldVector> columns = new ArrayList<>(columns(list));
            StructVector rows =
                    list.getDataVector() instanceof StructVector struct && type instanceof ArrayType ? struct : null;
            IntVector copies =
                    type instanceof MultisetType ? (IntVector) entries(list).get(1) : null;
            IntVector numbers = null;
            if (ordinality && copies == null) {
                numbers = new IntVector("ordinality", allocator);
                owned.add(numbers);
                numbers.allocateNew(Math.max(1, list.getDataVector().getValueCount()));
                columns.add(numbers);
            }
            count = 0;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (!list.isNull(row)) {
                    add(row, list.getElementStartIndex(row), list.getElementEndIndex(row), rows, copies, numbers);
                }
            }
            if (numbers != null) {
                numbers.setValueCount(list.getDataVector().getValueCount());
            } else if (ordinality) {
                columns = numberedCopies(columns, owned, allocator);
            }
            return new MadeRows(columns, parents, positions, count, owned);
        } catch (RuntimeException | Error e) {
            owned.forEach(FieldVector::close);
            throw e;
        }
    }

    /** A multiset gives an element more than once, each time with a number of its own. */
    private List<FieldVector> numberedCopies(
            List<FieldVector> elements, List<FieldVector> owned, BufferAllocator allocator) {
        Selection copied = new Selection(positions, count);
        List<FieldVector> columns = new ArrayList<>();
        for (FieldVector element : elements) {
            FieldVector copies = Gather.take(element, copied, allocator);
            owned.add(copies);
            columns.add(copies);
        }
        IntVector numbers = new IntVector("ordinality", allocator);
        owned.add(numbers);
        numbers.allocateNew(Math.max(1, count));
        for (int i = 0; i < count; i++) {
            numbers.set(i, i > 0 && parents[i] == parents[i - 1] ? numbers.get(i - 1) + 1 : 1);
            positions[i] = i;
        }
        numbers.setValueCount(count);
        columns.add(numbers);
        return columns;
    }

    private static List<FieldVector> entries(ListVector list) {
        return ((StructVector) list.getDataVector()).getChildrenFromFields();
    }

    private List<FieldVector> columns(ListVector list) {
        if (type instanceof MapType) {
            return entries(list);
        }
        if (type instanceof MultisetType multiset) {
            FieldVector element = entries(list).get(0);
            return multiset.element() instanceof RowType
                    ? ((StructVector) element).getChildrenFromFields()
                    : List.of(element);
        }
        return ((ArrayType) type).element() instanceof RowType
                ? ((StructVector) list.getDataVector()).getChildrenFromFields()
                : List.of(list.getDataVector());
    }

    private void add(
            int row,
            int start,
            int end,
            @Nullable StructVector rows,
            @Nullable IntVector copies,
            @Nullable IntVector numbers) {
        for (int element = start; element < end; element++) {
            if (rows != null && rows.isNull(element)) {
                continue;
            }
            if (numbers != null) {
                numbers.set(element, element - start + 1);
            }
            for (int copy = copies == null ? 1 : copies.get(element); copy > 0; copy--) {
                if (count == parents.length) {
                    parents = Arrays.copyOf(parents, count * 2);
                    positions = Arrays.copyOf(positions, count * 2);
                }
                parents[count] = row;
                positions[count++] = element;
            }
        }
    }

    @Override
    public void close() {
        collection.close();
    }
}
