package io.sabot.executor.rank;

import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.RowLogCursor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that wait in a log until the watermark passes their time, and leave by time, those of equal time as they came. Their
 * order is no state: it is made again from the log.
 */
public final class WaitingRows {
    private static final long BUCKET_MILLIS = 1000;

    private final RowLog log;
    private final TreeMap<Long, Rows> buckets = new TreeMap<>();
    private final Rows due = new Rows();
    private long lowest = Long.MAX_VALUE;

    /** Ids and times of rows. */
    private static final class Rows {
        long[] ids = new long[16];
        long[] times = new long[16];
        int count;

        void add(long time, long id) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, count * 2);
                times = Arrays.copyOf(times, count * 2);
            }
            ids[count] = id;
            times[count++] = time;
        }
    }

    /**
     * Over a log that nobody else writes; takes up what it was restored with.
     *
     * @param watermark rows up to this time have left, although the log may still have them
     */
    public WaitingRows(RowLog log, long watermark) {
        this.log = log;
        RowLogCursor cursor = log.scan();
        while (cursor.next()) {
            long time = log.time(cursor.address());
            if (time > watermark) {
                note(time, cursor.id());
            }
        }
    }

    private void note(long time, long id) {
        buckets.computeIfAbsent(Math.floorDiv(time, BUCKET_MILLIS), bucket -> new Rows())
                .add(time, id);
        lowest = Math.min(lowest, time);
    }

    /** Adds a row. */
    public void add(KeyBatch keys, int key, long time, long row, int rowLength) {
        note(time, log.append(keys, key, time, row, rowLength));
    }

    /**
     * Collects the rows whose time is not after {@code until}: they are then {@link #due} until {@link #release}.
     *
     * @return how many
     */
    public int take(long until) {
        due.count = 0;
        if (until < lowest) {
            return 0;
        }
        long last = Math.floorDiv(until, BUCKET_MILLIS);
        while (!buckets.isEmpty() && buckets.firstKey() <= last) {
            Map.Entry<Long, Rows> first = buckets.firstEntry();
            if (first.getKey() < last || until == Long.MAX_VALUE) {
                takeAll(first.getValue());
                buckets.pollFirstEntry();
            } else {
                takeUntil(first.getValue(), until);
                if (first.getValue().count == 0) {
                    buckets.pollFirstEntry();
                }
                break;
            }
        }
        lowest = lowestWaiting();
        return due.count;
    }

    private void takeAll(Rows rows) {
        int from = due.count;
        for (int i = 0; i < rows.count; i++) {
            due.add(rows.times[i], rows.ids[i]);
        }
        TimeOrder.sort(due.times, due.ids, from, due.count);
    }

    private void takeUntil(Rows rows, long until) {
        int from = due.count;
        int kept = 0;
        for (int i = 0; i < rows.count; i++) {
            if (rows.times[i] <= until) {
                due.add(rows.times[i], rows.ids[i]);
            } else {
                rows.times[kept] = rows.times[i];
                rows.ids[kept++] = rows.ids[i];
            }
        }
        rows.count = kept;
        TimeOrder.sort(due.times, due.ids, from, due.count);
    }

    private long lowestWaiting() {
        if (buckets.isEmpty()) {
            return Long.MAX_VALUE;
        }
        Rows first = buckets.firstEntry().getValue();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < first.count; i++) {
            least = Math.min(least, first.times[i]);
        }
        return least;
    }

    /** Address of a row that is due, in the log; valid until the log changes. */
    public long due(int index) {
        return log.find(due.ids[index]);
    }

    /** Time of a row that is due. */
    public long dueTime(int index) {
        return due.times[index];
    }

    /** The log that the addresses are of. */
    public RowLog log() {
        return log;
    }

    /** Forgets the rows that were due: all whose time is not after {@code until}. */
    public void release(long until) {
        if (buckets.isEmpty()) {
            log.clear();
        } else if (due.count > 0) {
            log.expireBefore(until + 1);
        }
        due.count = 0;
    }
}
