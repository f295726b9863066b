package io.sabot.executor.state;

/**
 * Entries in order within a partition key: (partition key; order key, sequence) → fixed part and row bytes. For join
 * sides, Top-N, sessions, multisets: whatever needs several rows per key.
 *
 * <p>Order keys compare as unsigned bytes, a shorter one before a longer one that begins with it, then sequences as
 * signed numbers; {@link SortKeys} makes such bytes from numbers. A multiset of rows uses the row as order key and counts
 * in the fixed part. Partitions have no order among each other. The fixed part is read and written in place, zeros when
 * new.
 *
 * <p><b>Addresses</b> stay valid until the next {@link #resolve}, {@link #remove}, {@link #clear} or {@link
 * OrderedCursor#remove} of this table, and no longer than the batch's processing. Only the task's thread calls a table.
 */
public interface OrderedTable extends AutoCloseable {
    /** Name by which the operator asked for it. */
    String name();

    /** Shape of the entries. */
    OrderedSpec spec();

    /**
     * Finds or inserts an entry, for writing. The row of an entry that is there already stays as it is.
     *
     * @param partition index in {@code partitions}
     * @param row address of the row bytes, copied when the entry is new; may be 0 when {@code rowLength} is 0
     * @return address of the fixed part; all zeros when the entry is new
     */
    long resolve(
            KeyBatch partitions,
            int partition,
            long orderKey,
            int orderKeyLength,
            long sequence,
            long row,
            int rowLength);

    /** As {@link RecordTable#forgets}. */
    default boolean forgets() {
        return false;
    }

    /** Finds an entry, for reading; 0 when there is none. */
    long find(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence);

    /** Removes an entry. Returns whether it was there. */
    boolean remove(KeyBatch partitions, int partition, long orderKey, int orderKeyLength, long sequence);

    /** A cursor that may be used over and over; it stands nowhere. */
    OrderedCursor cursor();

    /** Number of entries. */
    long size();

    /** Removes all entries. */
    void clear();

    /** An image of the present content that another thread may read while this table goes on; the caller closes it. */
    OrderedSnapshot snapshot();

    /** Frees the memory; what the last checkpoint holds stays there. Called by the {@link StateStore}. */
    @Override
    void close();
}
