package io.sabot.executor.over;

import io.sabot.executor.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Columns that are computed for the rows of a batch. Owns them until they stand in a batch of their own. */
final class ResultColumns implements AutoCloseable {
    private final @Nullable FieldVector[] vectors;

    ResultColumns(int count) {
        this.vectors = new FieldVector[count];
    }

    /** Takes a column that is complete. */
    void set(int index, FieldVector vector) {
        vectors[index] = vector;
    }

    /** The columns of the batch, which stays with its owner, and behind them these, which must all be there. */
    Batch behind(Batch batch) {
        List<FieldVector> all = new ArrayList<>();
        try {
            for (int column = 0; column < batch.columnCount(); column++) {
                all.add(batch.shareVector(column));
            }
        } catch (RuntimeException | Error e) {
            all.forEach(FieldVector::close);
            throw e;
        }
        for (int i = 0; i < vectors.length; i++) {
            FieldVector vector = vectors[i];
            if (vector == null) {
                throw new AssertionError("no result of call " + i);
            }
            all.add(vector);
            vectors[i] = null;
        }
        return new Batch(all, batch.rowCount(), null, batch.lateBefore());
    }

    @Override
    public void close() {
        for (FieldVector vector : vectors) {
            if (vector != null) {
                vector.close();
            }
        }
    }
}
