package io.sabot.executor.state;

import org.jspecify.annotations.Nullable;

/**
 * Records of one operator, found by key, off-heap; limited to the key groups of its task.
 *
 * <p>A record has a fixed part that kernels read and write in place at its address (8-byte aligned, native order, zeros
 * when new) and, where the spec says so, a tail: one byte string of any length. Calls take whole batches.
 *
 * <p><b>Addresses</b> stay valid until the next {@link #resolve}, {@link #remove} or {@link #clear} of this table and no
 * longer than the batch's processing: a snapshot may be taken between batches. {@link #resolve} to write: it counts every
 * record it gives out as changed, and un-shares pages held by snapshots. {@link #find} to read: never write to its
 * addresses. Only the task's thread calls a table.
 */
public interface RecordTable extends AutoCloseable {
    /** Name by which the operator asked for it. */
    String name();

    /** Shape of keys and records. */
    RecordSpec spec();

    /**
     * Finds or inserts a record for each key. Equal keys get the same record.
     *
     * @param recordAddresses receives the address of the fixed part per key
     * @param newRows receives the indices of keys that were not there, ascending, each new key once; may be null
     * @return number of records inserted
     */
    int resolve(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows);

    /** As the other, without telling which records are new. */
    default int resolve(KeyBatch keys, long[] recordAddresses) {
        return resolve(keys, recordAddresses, null);
    }

    /**
     * As {@link #resolve}, but of a table that {@link #forgets} records that are there already stay as old as they are, until
     * {@link #written} says otherwise.
     */
    default int resolveUnwritten(KeyBatch keys, long[] recordAddresses, int @Nullable [] newRows) {
        return resolve(keys, recordAddresses, newRows);
    }

    /** Notes that a record of {@link #resolveUnwritten} has been written. */
    default void written(long recordAddress) {}

    /** Whether records that have not been written for a time go, so that what is taken back may not be there. */
    default boolean forgets() {
        return false;
    }

    /** Finds the record of each key, for reading; 0 where there is none. */
    void find(KeyBatch keys, long[] recordAddresses);

    /** Removes the records of these keys; absent ones are passed over. Returns how many went. */
    int remove(KeyBatch keys);

    /** Removes the records of some keys of a batch. */
    int remove(KeyBatch keys, int[] rows, int rowCount);

    /** Sets the tail of a record that {@link #resolve} gave out; copies the bytes. Other addresses stay valid. */
    void setTail(long recordAddress, long bytes, int length);

    /** Where a record's tail begins; valid until that tail is set again, and no longer than the record's address. */
    long tailAddress(long recordAddress);

    /** Bytes of a record's tail; 0 for a new record. */
    int tailLength(long recordAddress);

    /** Where a record's key begins, in canonical encoding; valid as long as the record's address. */
    long keyAddress(long recordAddress);

    /** Bytes of a record's key. */
    int keyLength(long recordAddress);

    /** All records, in hash order. The table must not change before the cursor is closed. */
    RecordCursor scan();

    /** Records of some key groups. */
    RecordCursor scan(KeyGroups.Range groups);

    /** Number of records. */
    long size();

    /** Removes all records. */
    void clear();

    /** An image of the present content that another thread may read while this table goes on; the caller closes it. */
    RecordSnapshot snapshot();

    /** Frees the memory; what the last checkpoint holds stays there. Called by the {@link StateStore}. */
    @Override
    void close();
}
