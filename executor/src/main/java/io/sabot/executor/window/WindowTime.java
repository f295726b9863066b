package io.sabot.executor.window;

import io.sabot.catalog.stream.TimeDomain;
import java.time.ZoneId;

/**
 * Where the time of a row comes from.
 *
 * @param column column of 8-byte milliseconds; unused for processing time when rows carry none
 * @param zone zone in which windows are aligned; UTC for TIMESTAMP
 * @param offsetMillis how far the column's watermark is from the stream's; never positive
 */
public record WindowTime(Carries carries, int column, TimeDomain domain, ZoneId zone, long offsetMillis) {
    /** What the time column holds. */
    public enum Carries {
        /** The moment of the row: an instant for TIMESTAMP_LTZ. */
        ROW_TIME,
        /** The end of a pane, from a local phase, in local milliseconds. */
        PANE_END,
        /** The end of the one window that the row belongs to, in local milliseconds. */
        WINDOW_END
    }

    public WindowTime {
        if (offsetMillis > 0) {
            throw new IllegalArgumentException("the watermark of a column cannot be ahead of the stream's");
        }
    }

    /** The watermark of the column when the stream's is this. */
    public long watermark(long streamMillis) {
        boolean atLimit = streamMillis == Long.MAX_VALUE || streamMillis < Long.MIN_VALUE - offsetMillis;
        return atLimit ? streamMillis : streamMillis + offsetMillis;
    }
}
