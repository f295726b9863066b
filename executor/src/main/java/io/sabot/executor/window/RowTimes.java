package io.sabot.executor.window;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Arrays;

/** The times of the rows of a batch, and up to when everything is over, both as local milliseconds. */
final class RowTimes {
    private final WindowTime time;
    private final ZoneShift zone;
    private long[] values = new long[0];
    private long watermark = Watermark.START;

    RowTimes(WindowTime time) {
        this.time = time;
        this.zone = new ZoneShift(time.zone());
    }

    ZoneShift zone() {
        return zone;
    }

    boolean isProcessingTime() {
        return time.domain() == TimeDomain.PROCESSING;
    }

    /** The stream's watermark of the time's domain. */
    long watermark() {
        return watermark;
    }

    /** Notes a watermark of the time's domain. */
    void advance(long millis) {
        watermark = Math.max(watermark, millis);
    }

    /** Local time up to which all is over at the present watermark. */
    long overUntil() {
        return zone.overAt(time.watermark(watermark));
    }

    /** Local time up to which all is over for the rows of a batch. */
    long overUntil(Batch batch) {
        return zone.overAt(time.watermark(lateBefore(batch)));
    }

    /** The watermark that decides which rows of a batch are late. */
    long lateBefore(Batch batch) {
        return isProcessingTime() ? watermark : Math.max(batch.lateBefore(), watermark);
    }

    /** Fills in the times of all rows of a batch. */
    long[] read(Batch batch) {
        int count = batch.rowCount();
        if (values.length < count) {
            values = new long[Math.max(count, 64)];
        }
        if (time.carries() == WindowTime.Carries.ROW_TIME && isProcessingTime()) {
            Arrays.fill(values, 0, count, zone.toLocal(now()));
            return values;
        }
        Column column = batch.column(time.column());
        if (column.hasNulls()) {
            throw SabotException.of(ErrorCode.NULL_NOT_ALLOWED, "the time of a row is NULL")
                    .why("a row without a time belongs to no window")
                    .hint("filter such rows out, or give them a time with COALESCE before the watermark");
        }
        long from = column.values();
        for (int i = 0; i < count; i++) {
            values[i] = Memory.getLong(from + ((long) i << 3));
        }
        if (time.carries() == WindowTime.Carries.ROW_TIME && !zone.isNone()) {
            for (int i = 0; i < count; i++) {
                values[i] = zone.toLocal(values[i]);
            }
        }
        return values;
    }

    /** The first millisecond that is not over. */
    private long now() {
        if (watermark == Watermark.START) {
            throw new IllegalStateException("rows came before the first watermark of processing time");
        }
        return watermark == Watermark.END ? watermark : watermark + 1;
    }
}
