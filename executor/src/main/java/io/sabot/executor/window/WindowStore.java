package io.sabot.executor.window;

import io.sabot.executor.state.RecordTable;

/** Where a window aggregation keeps its records, and which windows they make up. */
interface WindowStore {
    /** Stands for "no window". */
    long NONE = Long.MAX_VALUE;

    /** The table that takes rows of a pane. */
    RecordTable pane(long paneEnd);

    /** The table that takes rows of a single window. */
    RecordTable window(long windowEnd);

    /** End of the first window that ends after {@code after} and has rows; {@link #NONE} when there is none. */
    long nextEnd(long after);

    /** Writes the records of a window, which is the next one, and drops what no later window needs. */
    void fire(long windowEnd, WindowWriter writer);
}
