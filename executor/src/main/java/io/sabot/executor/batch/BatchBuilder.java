package io.sabot.executor.batch;

import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Builds a batch row by row: the caller appends one value to every column, then calls {@link #endRow}.
 *
 * <p>Kinds are kept only when one differs from INSERT. After {@link #finish} the builder is used up.
 */
public final class BatchBuilder implements AutoCloseable {
    private final List<ColumnBuilder> columns = new ArrayList<>();
    private final BufferAllocator allocator;
    private final int capacity;
    private @Nullable ArrowBuf kinds;
    private int rows;

    /** A builder with room for {@code capacity} rows; more may come. */
    public BatchBuilder(Schema schema, BufferAllocator allocator, int capacity) {
        this.allocator = allocator;
        this.capacity = Math.max(8, capacity);
        try {
            schema.fields()
                    .forEach(field -> columns.add(new ColumnBuilder(field.name(), field.type(), allocator, capacity)));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Builder of a column. */
    public ColumnBuilder column(int index) {
        return columns.get(index);
    }

    /** Builders of all columns, in their order. */
    public List<ColumnBuilder> columns() {
        return Collections.unmodifiableList(columns);
    }

    /** Number of columns. */
    public int columnCount() {
        return columns.size();
    }

    /** Rows so far. */
    public int rowCount() {
        return rows;
    }

    /** Whether texts so far are so long that a source should end the batch, however few its rows are. */
    public boolean isLarge() {
        long bytes = 0;
        for (ColumnBuilder column : columns) {
            bytes += column.textBytes();
        }
        return bytes >= Batch.LARGE_BYTES;
    }

    /** Ends a row that is an insert. */
    public void endRow() {
        if (kinds != null) {
            putKind(RowKind.INSERT.code());
        }
        rows++;
    }

    /** Ends a row of this kind. */
    public void endRow(byte kind) {
        if (kinds == null && kind != RowKind.INSERT.code()) {
            kinds = allocator.buffer(capacity);
            Memory.fill(kinds.memoryAddress(), Math.min(rows, capacity), RowKind.INSERT.code());
            for (int i = capacity; i < rows; i++) {
                growKinds(i);
                Memory.putByte(kinds.memoryAddress() + i, RowKind.INSERT.code());
            }
        }
        if (kinds != null) {
            putKind(kind);
        }
        rows++;
    }

    private void putKind(byte kind) {
        growKinds(rows);
        ArrowBuf buffer = kinds;
        if (buffer != null) {
            Memory.putByte(buffer.memoryAddress() + rows, kind);
        }
    }

    private void growKinds(int index) {
        ArrowBuf old = kinds;
        if (old != null && index >= old.capacity()) {
            ArrowBuf grown = allocator.buffer(old.capacity() * 2);
            Memory.copy(old.memoryAddress(), grown.memoryAddress(), old.capacity());
            old.close();
            kinds = grown;
        }
    }

    /** Drops rows behind {@code rowCount} and unfinished values of the row after them. */
    public void truncate(int rowCount) {
        columns.forEach(column -> column.truncate(rowCount));
        rows = Math.min(rows, rowCount);
    }

    /** The rows as a batch that belongs to the caller; {@code lateBefore} as in {@link Batch}. */
    public Batch finish(long lateBefore) {
        List<FieldVector> vectors = new ArrayList<>(columns.size());
        columns.forEach(column -> vectors.add(column.finish()));
        ArrowBuf finishedKinds = kinds;
        kinds = null;
        return new Batch(vectors, rows, finishedKinds, lateBefore);
    }

    /** The rows as a batch whose column {@code i} is column {@code order[i]} of this builder; {@code order} is a permutation. */
    public Batch finish(long lateBefore, int[] order) {
        List<FieldVector> vectors = new ArrayList<>(order.length);
        for (int index : order) {
            vectors.add(columns.get(index).finish());
        }
        ArrowBuf finishedKinds = kinds;
        kinds = null;
        return new Batch(vectors, rows, finishedKinds, lateBefore);
    }

    /** The rows as a batch whose rows are all in time. */
    public Batch finish() {
        return finish(Batch.NOT_LATE);
    }

    @Override
    public void close() {
        columns.forEach(ColumnBuilder::close);
        if (kinds != null) {
            kinds.close();
            kinds = null;
        }
    }
}
