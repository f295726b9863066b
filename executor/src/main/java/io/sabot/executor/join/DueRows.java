package io.sabot.executor.join;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/** Ids of rows by the time at which something is due for them, in buckets, so that rows may come in any order. */
final class DueRows {
    private final long width;
    private final TreeMap<Long, Ids> buckets = new TreeMap<>();

    private static final class Ids {
        long[] ids = new long[8];
        int count;

        void add(long id) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
            }
            ids[count++] = id;
        }
    }

    DueRows(long width) {
        this.width = Math.max(1, width);
    }

    void add(long time, long id) {
        buckets.computeIfAbsent(Math.floorDiv(time, width), bucket -> new Ids()).add(id);
    }

    /** Hands over the ids that may be due at a time, in order of buckets; those for which the answer is false stay. */
    void take(long untilTime, LongPredicate isDone) {
        long last = Math.floorDiv(untilTime, width);
        while (!buckets.isEmpty() && buckets.firstKey() <= last) {
            Map.Entry<Long, Ids> first = buckets.firstEntry();
            Ids bucket = first.getValue();
            int kept = 0;
            for (int i = 0; i < bucket.count; i++) {
                if (!isDone.test(bucket.ids[i])) {
                    bucket.ids[kept++] = bucket.ids[i];
                }
            }
            bucket.count = kept;
            if (kept > 0) {
                return;
            }
            buckets.pollFirstEntry();
        }
    }
}
