package io.sabot.executor.storage;

import io.sabot.catalog.Table;
import io.sabot.executor.batch.Batch;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Which rows of a table's log are its present content.
 *
 * <p>A place is the number of a batch in the log (upper 32 bits) and a row in it. Guarded by the table that owns it.
 */
interface TableIndex extends AutoCloseable {
    /** Takes in a batch that stands in the log already, behind those taken in before. */
    void index(Batch logged, long number, BatchesByNumber log);

    /**
     * Turns rows that come into the changelog that the log gets, and takes that in.
     *
     * @param incoming used up
     * @param number the place in the log that the result will have
     * @param log gives batches of the log, and those of the same commit in front of this one
     */
    Batch change(Batch incoming, long number, BatchesByNumber log);

    /** Places of the rows that are there, in the order in which they came. */
    long[] present();

    /** Number of rows that are there. */
    long size();

    /** The place of the row with the key that is the only row of the batch; -1 when there is none. */
    default long find(Batch key, int[] columns) {
        throw new UnsupportedOperationException("a table without a key");
    }

    @Override
    void close();

    /** Batches by their numbers; still owned by whoever holds them. */
    @FunctionalInterface
    interface BatchesByNumber {
        Batch get(long number);
    }

    static long place(long batch, int row) {
        return (batch << 32) | row;
    }

    static long batchOf(long place) {
        return place >>> 32;
    }

    static int rowOf(long place) {
        return (int) place;
    }

    /** The index that fits a table. */
    static TableIndex of(Table table, BufferAllocator allocator) {
        if (table.kind().appendOnly()) {
            return new AppendIndex();
        }
        List<String> key = table.primaryKey();
        return key.isEmpty()
                ? new BagIndex(table.sinkSchema(), allocator)
                : new KeyedIndex(table.sinkSchema(), key, allocator);
    }
}
