package io.sabot.executor.time;

import io.sabot.catalog.stream.TimeDomain;

/**
 * A promise: no row with a time at or before {@code millis} is expected after it.
 *
 * @param millis milliseconds since the epoch; {@link #END} when the stream has ended
 */
public record Watermark(long millis, TimeDomain domain) {
    /** The watermark before the first row. */
    public static final long START = Long.MIN_VALUE;

    /** The watermark behind the last row. */
    public static final long END = Long.MAX_VALUE;

    /** A watermark of event time. */
    public static Watermark event(long millis) {
        return new Watermark(millis, TimeDomain.EVENT);
    }

    /** A watermark of processing time. */
    public static Watermark processing(long millis) {
        return new Watermark(millis, TimeDomain.PROCESSING);
    }
}
