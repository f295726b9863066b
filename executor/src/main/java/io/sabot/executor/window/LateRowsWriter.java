package io.sabot.executor.window;

import io.sabot.catalog.type.Field;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Rows of a batch that came too late, on their way out with the watermark that they came behind. */
final class LateRowsWriter {
    private final Optional<Field> stamp;
    private final BufferAllocator allocator;
    private int[] rows = new int[64];
    private int count;

    /** @param stamp column for the watermark; none when empty */
    LateRowsWriter(Optional<Field> stamp, BufferAllocator allocator) {
        this.stamp = stamp;
        this.allocator = allocator;
    }

    void add(int row) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, count * 2);
        }
        rows[count++] = row;
    }

    /** Puts the rows out that were added since the last time; the batch stays with its owner. */
    void write(Batch batch, long watermark, Output output) {
        if (count == 0) {
            return;
        }
        Selection selection = new Selection(rows, count);
        count = 0;
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (int c = 0; c < batch.columnCount(); c++) {
                vectors.add(Gather.take(batch.vector(c), selection, allocator));
            }
            stamp.ifPresent(field -> vectors.add(stamps(field, selection.count(), watermark)));
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
        output.emit(new Batch(vectors, selection.count(), null, batch.lateBefore()));
    }

    private FieldVector stamps(Field field, int rowCount, long watermark) {
        try (ColumnBuilder builder = new ColumnBuilder(field.name(), field.type(), allocator, rowCount)) {
            for (int i = 0; i < rowCount; i++) {
                builder.appendLong(watermark);
            }
            return builder.finish();
        }
    }
}
