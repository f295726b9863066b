package io.sabot.executor.state;

/**
 * What a {@link RecordTable} held at one moment. Read only; any one thread at a time may use it, the table's owner goes on
 * meanwhile. Memory is held until {@link #close}.
 */
public interface RecordSnapshot extends AutoCloseable {
    /** Number of records. */
    long size();

    /** Finds the record of each key; 0 where there is none. Addresses are valid until {@link #close}. */
    void find(KeyBatch keys, long[] recordAddresses);

    /** All records, in hash order. */
    RecordCursor scan();

    /** Where a record's tail begins. */
    long tailAddress(long recordAddress);

    /** Bytes of a record's tail. */
    int tailLength(long recordAddress);

    @Override
    void close();
}
