package io.sabot.executor.state;

/** What an {@link OrderedTable} held at one moment; see {@link RecordSnapshot}. */
public interface OrderedSnapshot extends AutoCloseable {
    /** Number of entries. */
    long size();

    /** A cursor for reading. */
    OrderedCursor cursor();

    @Override
    void close();
}
