package io.sabot.executor.expand;

import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Rows made of the rows of a batch.
 *
 * @param columns where their values are
 * @param parents row of the batch that each was made of, ascending
 * @param positions where in {@code columns} the values of each are
 * @param count how many; the arrays may be longer
 * @param owned what is closed with this, {@code columns} or what they are part of
 */
public record MadeRows(List<FieldVector> columns, int[] parents, int[] positions, int count, List<FieldVector> owned)
        implements AutoCloseable {
    public MadeRows {
        columns = List.copyOf(columns);
        owned = List.copyOf(owned);
    }

    @Override
    public void close() {
        owned.forEach(FieldVector::close);
    }
}
