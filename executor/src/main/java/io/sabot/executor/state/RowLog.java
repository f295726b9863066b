package io.sabot.executor.state;

/**
 * Rows in arrival order, each with a time, a key and a small fixed part that may change; the oldest go as time passes.
 * For interval joins and buffers.
 *
 * <p>A row has an id, ascending from 1 on in steps of unknown size. Ids stay the same over a restart at the same
 * parallelism only, so a table of ids (key → newest row) is rebuilt in {@code open}, by {@link #scan}: the log is empty
 * when there is nothing to restore. Only the task's thread calls a log.
 */
public interface RowLog extends AutoCloseable {
    /** Name by which the operator asked for it. */
    String name();

    /** Shape of the rows. */
    RowLogSpec spec();

    /** Appends a row, copying its bytes; its fixed part is zeros. Returns its id. */
    long append(KeyBatch keys, int key, long time, long row, int rowLength);

    /** Address of a row's fixed part, for reading; 0 when the row has expired. Valid until the next call that writes. */
    long find(long id);

    /** Address of a row's fixed part, for writing; 0 when the row has expired. Valid until the next call that writes. */
    long writable(long id);

    /** Time of the row at an address. */
    long time(long address);

    /** Where the bytes of the row at an address begin. */
    long rowAddress(long address);

    /** Bytes of the row at an address. */
    int rowLength(long address);

    /** Where the key of the row at an address begins. */
    long keyAddress(long address);

    /** Bytes of the key of the row at an address. */
    int keyLength(long address);

    /** Drops old rows whose time is before {@code time}. Some may stay for a while, those behind a newer row. */
    void expireBefore(long time);

    /** Rows of smaller ids are gone. */
    long firstId();

    /** Number of rows. */
    long size();

    /** All rows from the oldest on. The log must not grow before the cursor has ended; fixed parts may be written. */
    RowLogCursor scan();

    /** Removes all rows. */
    void clear();

    /** Frees the memory; what the last checkpoint holds stays there. Called by the {@link StateStore}. */
    @Override
    void close();
}
