package io.sabot.executor.state;

/** Walks over the rows of a {@link RowLog} in arrival order. Stands before the first one. */
public interface RowLogCursor {
    /** Steps to the next row; false behind the last. */
    boolean next();

    /** Id of the present row. */
    long id();

    /** Address of the present row's fixed part, for reading. */
    long address();
}
