package io.sabot.executor.over;

import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts rows into rounds such that a round has one row of each partition, or the rows of one time: the rows of a round may be
 * added to their partitions at once, and read them afterwards.
 */
final class Rounds implements AutoCloseable {
    private final LocalTable partitions;
    private long[] records = new long[0];
    private int[] rounds = new int[0];
    private boolean[] firsts = new boolean[0];
    private int[] order = new int[0];
    private int[] starts = new int[1];
    private int roundCount;

    Rounds(KeyLayout partitionLayout, BufferAllocator allocator) {
        this.partitions = new LocalTable(allocator, partitionLayout, 16);
    }

    /**
     * Cuts the rows.
     *
     * @param times whether rows of a partition share a round when they have one time; null when each has its own
     */
    void cut(KeyBatch keys, @Nullable Column times) {
        int count = keys.count();
        if (rounds.length < count) {
            records = new long[count];
            rounds = new int[count];
            firsts = new boolean[count];
            order = new int[count];
        }
        partitions.clear();
        partitions.resolve(keys, records);
        clearRecords();
        roundCount = 0;
        for (int row = 0; row < count; row++) {
            long record = records[row];
            long round = Memory.getLong(record);
            boolean shares = times != null && round > 0 && Memory.getLong(record + 8) == times.getLong(row);
            if (!shares) {
                Memory.putLong(record, ++round);
            }
            if (times != null) {
                Memory.putLong(record + 8, times.getLong(row));
            }
            rounds[row] = (int) round - 1;
            firsts[row] = !shares;
            roundCount = Math.max(roundCount, (int) round);
        }
        sort(count);
    }

    private void clearRecords() {
        for (int i = 0; i < partitions.size(); i++) {
            Memory.putLong(partitions.record(i), 0);
            Memory.putLong(partitions.record(i) + 8, 0);
        }
    }

    private void sort(int count) {
        starts = new int[roundCount + 1];
        for (int row = 0; row < count; row++) {
            starts[rounds[row] + 1]++;
        }
        for (int round = 0; round < roundCount; round++) {
            starts[round + 1] += starts[round];
        }
        int[] next = starts.clone();
        for (int row = 0; row < count; row++) {
            order[next[rounds[row]]++] = row;
        }
    }

    int count() {
        return roundCount;
    }

    /** Round of a row. */
    int of(int row) {
        return rounds[row];
    }

    /** Whether a row is the first of its partition in its round. */
    boolean isFirst(int row) {
        return firsts[row];
    }

    /** Rows by round; those of round {@code r} from {@link #start}{@code (r)} on. */
    int[] order() {
        return order;
    }

    int start(int round) {
        return starts[round];
    }

    @Override
    public void close() {
        partitions.close();
    }
}
