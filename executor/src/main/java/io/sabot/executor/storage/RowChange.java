package io.sabot.executor.storage;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * A row somewhere, and the kind it gets in a changelog.
 *
 * @param batch belongs to someone else
 * @param firstColumn where in the batch the row's columns begin
 */
record RowChange(Batch batch, int row, RowKind kind, int firstColumn) {
    RowChange(Batch batch, int row, RowKind kind) {
        this(batch, row, kind, 0);
    }

    RowChange as(RowKind other) {
        return new RowChange(batch, row, other, firstColumn);
    }

    /** The rows as a batch of their own. */
    static Batch materialize(List<RowChange> changes, Schema schema, BufferAllocator allocator) {
        ArrowBuf kinds = allocator.buffer(Math.max(1, changes.size()));
        for (int i = 0; i < changes.size(); i++) {
            Memory.putByte(kinds.memoryAddress() + i, changes.get(i).kind.code());
        }
        try {
            return new Batch(columns(changes, schema, allocator), changes.size(), kinds, Batch.NOT_LATE);
        } catch (RuntimeException | Error e) {
            kinds.close();
            throw e;
        }
    }

    /** The rows as a batch of their own, as such that come. */
    static Batch inserts(List<RowChange> changes, Schema schema, BufferAllocator allocator) {
        return Batch.of(columns(changes, schema, allocator), changes.size());
    }

    private static List<FieldVector> columns(List<RowChange> changes, Schema schema, BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (int c = 0; c < schema.size(); c++) {
                try (ColumnBuilder column =
                        new ColumnBuilder(schema.name(c), schema.type(c), allocator, changes.size())) {
                    for (RowChange change : changes) {
                        column.append(change.batch.vector(change.firstColumn + c), change.row);
                    }
                    vectors.add(column.finish());
                }
            }
            return vectors;
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }
}
