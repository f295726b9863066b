package io.sabot.executor.state;

/**
 * Walks over the entries of one partition of an {@link OrderedTable}, or of all partitions, forwards and backwards.
 *
 * <p>It stands between entries. A seek places it; {@link #next} and {@link #previous} step over an entry, which is then the
 * present one. While a cursor is in use its table changes only through {@link #writable} and {@link #remove} of the same
 * cursor; after any other change seek again.
 */
public interface OrderedCursor {
    /** Stands before the first entry of a partition. */
    void seekFirst(KeyBatch partitions, int partition);

    /** Stands behind the last entry of a partition. */
    void seekLast(KeyBatch partitions, int partition);

    /** Stands before the first entry of a partition that is not before this order key and sequence. */
    void seek(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence);

    /** Stands before the first entry of all; {@link #next} then walks over all partitions. */
    void seekAll();

    /** Steps forward; false at the end of the partition, or of the table after {@link #seekAll}. */
    boolean next();

    /** Steps backward; false at the begin of the partition. */
    boolean previous();

    /** Address of the present entry's fixed part, for reading. */
    long address();

    /** Address of the present entry's fixed part, for writing; not on snapshots. */
    long writable();

    /** Removes the present entry; the cursor then stands in its place. Not on snapshots. */
    void remove();

    /** Address of the present entry's order key. */
    long orderKeyAddress();

    /** Bytes of the present entry's order key. */
    int orderKeyLength();

    /** Sequence of the present entry. */
    long sequence();

    /** Address of the present entry's row. */
    long rowAddress();

    /** Bytes of the present entry's row. */
    int rowLength();

    /** Address of the present entry's partition key. */
    long partitionAddress();

    /** Bytes of the present entry's partition key. */
    int partitionLength();
}
