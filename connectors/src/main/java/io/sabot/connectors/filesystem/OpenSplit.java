package io.sabot.connectors.filesystem;

import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitRows;

/** A file being read. */
interface OpenSplit extends AutoCloseable {
    Split split();

    /** The next batch of rows. */
    SplitRows read();

    /** Where the row begins that follows a position, for people: {@code line 3}. */
    String place(long offset);

    @Override
    void close();
}
