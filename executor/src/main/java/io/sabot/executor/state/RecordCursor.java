package io.sabot.executor.state;

/** Walks over records. Stands before the first one; the caller closes it. */
public interface RecordCursor extends AutoCloseable {
    /** Steps to the next record; false behind the last. */
    boolean next();

    /** Address of the present record's fixed part; read only. */
    long recordAddress();

    /** Address of the present record's key. */
    long keyAddress();

    /** Bytes of the present record's key. */
    int keyLength();

    /** Address of the present record's tail. */
    long tailAddress();

    /** Bytes of the present record's tail. */
    int tailLength();

    /**
     * Steps over up to {@code recordAddresses.length} records at once.
     *
     * @param keys cleared, then filled with their keys and the hashes by which the table finds them
     * @param recordAddresses receives their addresses
     * @return how many; 0 behind the last
     */
    int next(KeyBatch keys, long[] recordAddresses);

    @Override
    void close();
}
