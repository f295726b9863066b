package io.sabot.executor.storage;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * The rows of a table at one moment, as rows of log batches, in the order in which they came.
 *
 * @param end batches that the log had then
 * @param batches retained for the receiver
 * @param rows rows of each batch
 */
record TableContent(long end, List<Batch> batches, List<Selection> rows) {
    /**
     * The rows at some places of a log.
     *
     * @param places those of a batch stand together
     */
    static TableContent of(long end, long[] places, TableIndex.BatchesByNumber log) {
        List<Batch> batches = new ArrayList<>();
        List<Selection> rows = new ArrayList<>();
        for (int begin = 0; begin < places.length; ) {
            long number = TableIndex.batchOf(places[begin]);
            int last = begin;
            while (last < places.length && TableIndex.batchOf(places[last]) == number) {
                last++;
            }
            int[] indices = new int[last - begin];
            for (int i = begin; i < last; i++) {
                indices[i - begin] = TableIndex.rowOf(places[i]);
            }
            batches.add(log.get(number).retain());
            rows.add(new Selection(indices, indices.length));
            begin = last;
        }
        return new TableContent(end, batches, rows);
    }

    /** The rows as a stream of {@link RowCodec}, in other columns: matched by name, new ones NULL. Uses the batches up. */
    byte[] encodeAs(Schema target, Schema schema, BufferAllocator allocator) {
        List<Batch> converted = new ArrayList<>();
        try {
            for (int i = 0; i < batches.size(); i++) {
                converted.add(convert(batches.get(i), rows.get(i), target, schema, allocator));
            }
            return new RowCodec(target, allocator).encode(converted);
        } finally {
            converted.forEach(Batch::close);
            batches.forEach(Batch::close);
        }
    }

    private static Batch convert(Batch batch, Selection rows, Schema target, Schema schema, BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (Field field : target.fields()) {
                OptionalInt known = schema.indexOf(field.name());
                vectors.add(
                        known.isPresent()
                                ? Gather.take(batch.vector(known.getAsInt()), rows, allocator)
                                : nulls(field, rows.count(), allocator));
            }
            return Batch.of(vectors, rows.count());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    private static FieldVector nulls(Field field, int count, BufferAllocator allocator) {
        try (ColumnBuilder column = new ColumnBuilder(field.name(), field.type(), allocator, count)) {
            for (int row = 0; row < count; row++) {
                column.appendNull();
            }
            return column.finish();
        }
    }
}
