package io.sabot.executor.match;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Scratch;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyGroups;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import java.util.function.Consumer;

/**
 * When the runs of which partition are to be looked through because some have become too long. One queue a key group:
 *
 * <pre>
 *   (number of the key group; time, partition key)
 * </pre>
 */
final class MatchTimers {
    private static final int BUCKET_BYTES = 4;

    private final KeyGroups.Range groups;
    private final KeyBatch buckets;
    private final KeyBatch due;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final Scratch scratch;
    /** No timer of any partition is before this time. */
    private long lowest = Long.MAX_VALUE;

    MatchTimers(KeyLayout keys, OperatorContext context) {
        this.groups = context.state().keyGroups();
        this.buckets = context.own(new KeyBatch(context.allocator(), KeyLayout.fixed(BUCKET_BYTES)));
        this.due = context.own(new KeyBatch(context.allocator(), keys));
        this.scratch = context.own(new Scratch(context.allocator()));
        long bucketKey = scratch.room(1 + BUCKET_BYTES);
        for (int group = groups.first(); group < groups.end(); group++) {
            Memory.putByte(bucketKey, (byte) 0);
            Memory.putInt(bucketKey + 1, group);
            long hash = new KeyGroups.Range(group, group + 1, groups.groupCount()).firstHash();
            buckets.append(bucketKey, 1 + BUCKET_BYTES, hash, groups.groupCount());
        }
        this.table = context.state().orderedTable("timers", new OrderedSpec(buckets.layout(), 0, StateBound.WATERMARK));
        this.cursor = table.cursor();
        for (int bucket = 0; bucket < buckets.count(); bucket++) {
            cursor.seekFirst(buckets, bucket);
            if (cursor.next()) {
                lowest = Math.min(lowest, SortKeys.getLong(cursor.orderKeyAddress()));
            }
        }
    }

    /** Sets a timer of a partition. */
    void set(long time, KeyBatch keys, int key) {
        int length = keys.length(key);
        long timer = scratch.room(8L + length);
        SortKeys.putLong(timer, time);
        Memory.copy(keys.address(key), timer + 8, length);
        int bucket = KeyGroups.of(keys.hash(key), groups.groupCount()) - groups.first();
        table.resolve(buckets, bucket, timer, 8 + length, 0, 0, 0);
        lowest = Math.min(lowest, time);
    }

    /** Takes out the timers up to a time and hands out the keys of their partitions, many at a time. */
    void take(long until, int most, Consumer<KeyBatch> partitions) {
        if (lowest > until || table.size() == 0) {
            return;
        }
        long next = Long.MAX_VALUE;
        for (int bucket = 0; bucket < buckets.count(); bucket++) {
            boolean more = true;
            while (more) {
                due.clear();
                cursor.seekFirst(buckets, bucket);
                more = collect(until, most);
                if (due.count() > 0) {
                    partitions.accept(due);
                }
            }
            cursor.seekFirst(buckets, bucket);
            if (cursor.next()) {
                next = Math.min(next, SortKeys.getLong(cursor.orderKeyAddress()));
            }
        }
        lowest = next;
    }

    /** Whether there may be more that are due. */
    private boolean collect(long until, int most) {
        while (due.count() < most) {
            if (!cursor.next() || SortKeys.getLong(cursor.orderKeyAddress()) > until) {
                return false;
            }
            due.append(cursor.orderKeyAddress() + 8, cursor.orderKeyLength() - 8);
            cursor.remove();
        }
        return true;
    }
}
