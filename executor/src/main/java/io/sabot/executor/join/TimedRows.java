package io.sabot.executor.join;

import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.RowLogCursor;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The rows of one side of an interval join, or of a join of rows that stay: a log, the rows of a key chained from the newest to older ones.
 *
 * <pre>
 *   fixed part of a row:  │ id of the row of its key before it, or 0 (8) │ 1 when it has matched (8) │
 * </pre>
 *
 * The table of newest rows is no state: it is made again from the log.
 */
final class TimedRows implements AutoCloseable {
    static final int FIXED_BYTES = 16;

    private final RowLog log;
    private final BufferAllocator allocator;
    private final KeyLayout layout;
    private final KeyBatch single;
    private final long[] one = new long[1];
    private LocalTable newest;
    private long[] heads = new long[0];
    private int sizeAfterCleaning;

    TimedRows(RowLog log, KeyLayout layout, BufferAllocator allocator) {
        this.log = log;
        this.allocator = allocator;
        this.layout = layout;
        this.single = new KeyBatch(allocator, layout);
        this.newest = new LocalTable(allocator, layout, 8);
    }

    /** Looks at each row that was restored. */
    interface RestoredRow {
        void accept(long id, long time, boolean matched);
    }

    /** Chains the rows that the log was restored with. */
    void restore(RestoredRow visitor) {
        RowLogCursor cursor = log.scan();
        while (cursor.next()) {
            long id = cursor.id();
            long address = log.writable(id);
            single.clear();
            single.append(log.keyAddress(address), log.keyLength(address));
            newest.resolve(single, one);
            Memory.putLong(address, Memory.getLong(one[0]));
            Memory.putLong(one[0], id);
            visitor.accept(id, log.time(address), Memory.getLong(address + 8) != 0);
        }
    }

    RowLog log() {
        return log;
    }

    /** Looks up the newest row of each key of a batch. */
    void find(KeyBatch keys) {
        if (heads.length < keys.count()) {
            heads = new long[keys.count()];
        }
        newest.find(keys, heads);
    }

    /** Id of the newest row of a key that was looked up; 0 when there is none. */
    long newest(int key) {
        return heads[key] == 0 ? 0 : Memory.getLong(heads[key]);
    }

    /** Id of the row of the same key before a row. */
    static long before(long address) {
        return Memory.getLong(address);
    }

    static boolean hasMatched(long address) {
        return Memory.getLong(address + 8) != 0;
    }

    void setMatched(long id) {
        long address = log.writable(id);
        if (address != 0) {
            Memory.putLong(address + 8, 1);
        }
    }

    /** Prepares appending rows of a batch. */
    void beginAppend(KeyBatch keys) {
        if (heads.length < keys.count()) {
            heads = new long[keys.count()];
        }
        newest.resolve(keys, heads);
    }

    /** Appends a row of the batch. Returns its id. */
    long append(KeyBatch keys, int key, long time, long row, int length, boolean matched) {
        long id = log.append(keys, key, time, row, length);
        long address = log.writable(id);
        Memory.putLong(address, Memory.getLong(heads[key]));
        Memory.putLong(address + 8, matched ? 1 : 0);
        Memory.putLong(heads[key], id);
        return id;
    }

    /** Drops rows up to a time. */
    void expire(long untilTime) {
        if (untilTime == Long.MAX_VALUE) {
            log.clear();
        } else if (untilTime != Long.MIN_VALUE) {
            log.expireBefore(untilTime + 1);
        }
        if (newest.size() > 1024 && newest.size() > 2 * sizeAfterCleaning) {
            forgetDeadKeys();
        }
    }

    private void forgetDeadKeys() {
        LocalTable alive = new LocalTable(allocator, layout, 8);
        try {
            for (int i = 0; i < newest.size(); i++) {
                long id = Memory.getLong(newest.record(i));
                if (id >= log.firstId() && log.find(id) != 0) {
                    single.clear();
                    single.append(newest.key(i), newest.keyLength(i));
                    alive.resolve(single, one);
                    Memory.putLong(one[0], id);
                }
            }
        } catch (RuntimeException | Error e) {
            alive.close();
            throw e;
        }
        newest.close();
        newest = alive;
        sizeAfterCleaning = alive.size();
    }

    @Override
    public void close() {
        newest.close();
        single.close();
    }
}
