package io.sabot.executor.aggregate;

import io.sabot.executor.batch.ColumnBuilder;

/** Writes one output column from records. */
interface Result {
    /** Appends one value per record. */
    void write(long[] records, int count, Tails tails, ColumnBuilder out);
}
