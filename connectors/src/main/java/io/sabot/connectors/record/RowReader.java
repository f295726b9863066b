package io.sabot.connectors.record;

import io.sabot.executor.batch.ColumnBuilder;

/** Reads the fields of one record that is one row. */
@FunctionalInterface
public interface RowReader {
    /**
     * Appends a value to each target that the record has a field for, at most one.
     *
     * @param start address of the record; at least 64 readable bytes follow it
     * @param targets a builder for each wanted column
     */
    void read(long start, int length, ColumnBuilder[] targets) throws FieldProblem;
}
