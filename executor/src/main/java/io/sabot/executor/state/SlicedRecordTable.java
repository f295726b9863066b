package io.sabot.executor.state;

import org.jspecify.annotations.Nullable;

/**
 * Record tables by slice end, for window aggregation: a slice is a table of its own, and dropping a slice drops a table.
 * Only the task's thread calls it.
 */
public interface SlicedRecordTable extends AutoCloseable {
    /** Stands for "no slice". */
    long NONE = Long.MAX_VALUE;

    /** Name by which the operator asked for it. */
    String name();

    /** Shape of the tables. */
    RecordSpec spec();

    /** The table of a slice; made when it is not there. Owned by this, and valid until the slice is dropped. */
    RecordTable slice(long sliceEnd);

    /** The table of a slice, null when it is not there. */
    @Nullable
    RecordTable sliceIfPresent(long sliceEnd);

    /** End of the earliest slice; {@link #NONE} when there is none. */
    long firstEnd();

    /** End of the earliest slice that ends after {@code sliceEnd}; {@link #NONE} when there is none. */
    long nextEnd(long sliceEnd);

    /** Number of slices. */
    int sliceCount();

    /** Number of records in all slices. */
    long size();

    /** Drops one slice, if it is there. */
    void drop(long sliceEnd);

    /** Drops all slices that end at {@code sliceEnd} or before. */
    void dropUpTo(long sliceEnd);

    /** Frees the memory; what the last checkpoint holds stays there. Called by the {@link StateStore}. */
    @Override
    void close();
}
