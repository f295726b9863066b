package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;

/** What must hold for joined rows beside equal keys. */
public interface JoinCondition {
    /** Holds for all rows. */
    JoinCondition NONE = joined -> Selection.all(joined.rowCount());

    /**
     * Rows for which it holds, ascending.
     *
     * @param joined left columns, then right columns; stays with the caller
     */
    Selection select(Batch joined);

    /** Whether it looks at a column of {@code joined}; of others it may be given NULLs. */
    default boolean reads(int column) {
        return true;
    }
}
