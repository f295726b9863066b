package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;

/**
 * A value kept in a record at a fixed offset. A new record is all zeros, which must stand for "no rows yet"; how many rows
 * there were is counted elsewhere in the record.
 */
interface Accumulator {
    /** Adds the rows of a run, none of whose values is NULL. */
    void add(Column column, Run run, Tails tails);

    /**
     * As the other, for accumulators that read several columns or keep NULLs.
     *
     * @param column the first argument
     */
    default void add(Batch batch, int column, Run run, Tails tails) {
        add(batch.column(column), run, tails);
    }

    /** Adds what one record holds to another, pair by pair. */
    void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count);
}
