package io.sabot.executor.connector;

import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.RowKind;
import org.jspecify.annotations.Nullable;

/**
 * Decodes many records at once into columns. One thread.
 *
 * <p>A record may give any number of rows (none when it is bad and ignored, several for a JSON array). The column {@code
 * i} of the decoder goes to column {@code firstColumn + i} of the builder, so that a connector can put key, value and
 * metadata into one batch; the decoder calls {@link BatchBuilder#endRow} only when it owns every column (see {@code
 * endRows} of {@link #decode}).
 */
public interface RecordDecoder extends AutoCloseable {
    /**
     * Decodes records that lie one after another or apart in memory. At least 64 readable bytes follow the last one.
     *
     * @param starts address of each record
     * @param lengths bytes of each record
     * @param rowsOf gets how many rows each record gave; may be null
     * @param endRows whether to end each row in the builder; false when the connector adds more columns to it
     * @throws BadRecord at the first record that cannot be decoded, if the options do not say to skip; rows of records
     *     before it are in the builder, the bad record's are not
     */
    void decode(
            long[] starts,
            int[] lengths,
            int from,
            int to,
            BatchBuilder rows,
            int firstColumn,
            boolean endRows,
            int @Nullable [] rowsOf)
            throws BadRecord;

    /**
     * What a row of the last call of {@link #decode} does: a {@code RowKind} code. Rows are counted from the first of that
     * call. To be asked by a connector that ends the rows itself.
     */
    default byte kind(int row) {
        return RowKind.INSERT.code();
    }

    /** How many records were skipped because they were bad. */
    long skipped();

    @Override
    void close();
}
