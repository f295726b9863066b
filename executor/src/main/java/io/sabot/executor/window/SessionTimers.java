package io.sabot.executor.window;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Finds sessions that have ended, and puts them out. Keys are noted in a bucket of time in which a session of theirs ends;
 * a session that grew is found in its later bucket. So there is no timer per session, only a small table per bucket.
 */
final class SessionTimers {
    private static final int KEYS = 1024;
    private static final int BUCKETS_PER_GAP = 8;

    private final SessionState sessions;
    private final SlicedRecordTable buckets;
    private final long width;
    private final KeyBatch single;
    private final KeyBatch keys;
    private final KeyBatch done;
    private final long[] one = new long[1];
    private final long[] marks = new long[KEYS];
    private long[] starts = new long[KEYS];
    private long[] ends = new long[KEYS];
    private long[] sequences = new long[KEYS];
    private int[] keyOf = new int[KEYS];
    private int count;
    private long firstLeft = Long.MIN_VALUE;

    SessionTimers(long gapMillis, SessionState sessions, KeyLayout layout, OperatorContext context) {
        BufferAllocator allocator = context.allocator();
        this.sessions = sessions;
        this.width = Math.max(1, gapMillis / BUCKETS_PER_GAP);
        this.buckets = context.state().slicedTable("ends", RecordSpec.of(layout, 0, StateBound.WATERMARK));
        this.single = context.own(new KeyBatch(allocator, layout));
        this.keys = context.own(new KeyBatch(allocator, layout));
        this.done = context.own(new KeyBatch(allocator, layout));
    }

    private long bucketOf(long end) {
        return Math.floorDiv(end - 1, width);
    }

    /** Notes that a session of a key ends at a moment, and did at another before. */
    void set(KeyBatch owners, int key, long end, long endBefore) {
        if (endBefore != Long.MIN_VALUE && bucketOf(end) == bucketOf(endBefore)) {
            return;
        }
        single.clear();
        single.append(owners.address(key), owners.length(key));
        buckets.slice(bucketOf(end)).resolve(single, one);
        firstLeft = Math.min(firstLeft, end - 1);
    }

    /** Puts out the sessions that are over. */
    void fire(long overUntil, Output output) {
        if (overUntil < firstLeft || overUntil == Long.MIN_VALUE) {
            return;
        }
        long last = Math.floorDiv(overUntil, width);
        long least = Long.MAX_VALUE;
        for (long bucket = buckets.firstEnd(); bucket <= last && bucket != SlicedRecordTable.NONE; ) {
            RecordTable table = buckets.slice(bucket);
            least = Math.min(least, fire(bucket, table, overUntil, output));
            if (table.size() == 0) {
                buckets.drop(bucket);
            }
            bucket = buckets.nextEnd(bucket);
        }
        long next = buckets.nextEnd(last);
        firstLeft = next == SlicedRecordTable.NONE ? least : Math.min(least, next * width);
    }

    /** Fires the sessions of one bucket's keys. Returns the last moment of the first session left in it. */
    private long fire(long bucket, RecordTable table, long overUntil, Output output) {
        long least = Long.MAX_VALUE;
        done.clear();
        try (RecordCursor cursor = table.scan()) {
            while (cursor.next(keys, marks) > 0) {
                count = 0;
                for (int key = 0; key < keys.count(); key++) {
                    long left = collect(key, bucket, overUntil);
                    least = Math.min(least, left);
                    if (left == Long.MAX_VALUE) {
                        done.append(keys.address(key), keys.length(key));
                    }
                }
                sessions.content().write(new SessionContent.Fired(keys, keyOf, starts, ends, sequences, count), output);
            }
        }
        table.remove(done);
        return least;
    }

    /** Takes the sessions of a key that are over. Returns the last moment of the first other one in the bucket. */
    private long collect(int key, long bucket, long overUntil) {
        long least = Long.MAX_VALUE;
        OrderedCursor cursor = sessions.cursor();
        cursor.seekFirst(keys, key);
        while (cursor.next()) {
            long end = Memory.getLong(cursor.address());
            if (end - 1 > overUntil) {
                if (bucketOf(end) == bucket) {
                    least = Math.min(least, end - 1);
                }
                continue;
            }
            if (count == starts.length) {
                grow();
            }
            starts[count] = SortKeys.getLong(cursor.orderKeyAddress());
            ends[count] = end;
            sequences[count] = cursor.sequence();
            keyOf[count++] = key;
            cursor.remove();
        }
        return least;
    }

    private void grow() {
        int size = count * 2;
        starts = Arrays.copyOf(starts, size);
        ends = Arrays.copyOf(ends, size);
        sequences = Arrays.copyOf(sequences, size);
        keyOf = Arrays.copyOf(keyOf, size);
    }
}
