package io.sabot.executor.rank;

/** Watermarks of time columns. */
public final class TimeColumns {
    private TimeColumns() {}

    /** The watermark of a column that is {@code offsetMillis} away from the stream's. */
    public static long shifted(long streamMillis, long offsetMillis) {
        boolean atLimit = streamMillis == Long.MAX_VALUE || streamMillis < Long.MIN_VALUE - offsetMillis;
        return atLimit ? streamMillis : streamMillis + offsetMillis;
    }
}
