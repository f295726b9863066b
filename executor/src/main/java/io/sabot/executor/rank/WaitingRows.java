package io.sabot.executor.rank;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.RowLogCursor;
import io.sabot.executor.state.RowLogSpec;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Rows that wait in a log until the watermark passes their time, and leave by time, those of equal time as they came. Their
 * order is no state: it is made again from the log. A row at or behind the watermark is late: dropped, and counted in
 * {@code late_rows}.
 */
public final class WaitingRows {
    private static final long BUCKET_MILLIS = 1000;

    private final int timeColumn;
    private final long offsetMillis;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private final RowLog log;
    private final TreeMap<Long, Rows> buckets = new TreeMap<>();
    private final Rows due = new Rows();
    private long lowest = Long.MAX_VALUE;
    private long watermark;

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
     * In state tables of their own; takes up what they were restored with.
     *
     * @param timeColumn event time, 8-byte milliseconds
     * @param offsetMillis how far the column's watermark is from the stream's
     */
    public WaitingRows(int timeColumn, long offsetMillis, OperatorContext context) {
        this.timeColumn = timeColumn;
        this.offsetMillis = offsetMillis;
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter("late_rows");
        this.log = context.state().rowLog("rows", new RowLogSpec(0, StateBound.WATERMARK));
        this.watermark = savedWatermark.get();
        RowLogCursor cursor = log.scan();
        while (cursor.next()) {
            // the log may still hold rows that have left
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

    /** Adds the rows of a batch, with its keys and the bytes of its rows, but for those that are late. */
    public void add(Batch batch, KeyBatch keys, KeyBatch rows) {
        Column times = batch.column(timeColumn);
        long over = Math.max(watermark, TimeColumns.shifted(batch.lateBefore(), offsetMillis));
        for (int row = 0; row < batch.rowCount(); row++) {
            long time = times.getLong(row);
            if (time <= over) {
                lateRows.increment();
            } else {
                note(time, log.append(keys, row, time, rows.address(row), rows.length(row)));
            }
        }
    }

    /**
     * Advances the watermark and collects the rows that it has passed: they are then {@link #due} until {@link #release}.
     *
     * @return how many
     */
    public int take(Watermark newWatermark) {
        watermark = Math.max(watermark, TimeColumns.shifted(newWatermark.millis(), offsetMillis));
        return take(watermark);
    }

    private int take(long until) {
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

    /** The watermark of the time column: no row up to it waits. */
    public long watermark() {
        return watermark;
    }

    /** Forgets the rows that were due. */
    public void release() {
        if (buckets.isEmpty()) {
            log.clear();
        } else if (due.count > 0) {
            log.expireBefore(watermark + 1);
        }
        due.count = 0;
    }

    /** Moves the watermark into state. */
    public void save() {
        savedWatermark.set(watermark);
    }
}
