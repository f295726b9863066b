package io.sabot.executor.join;

import io.sabot.executor.time.Watermark;

/**
 * When {@code left.time - right.time} lies between two bounds, both inclusive, and how long rows wait for partners.
 *
 * @param leftOffset how far the watermark of the left time column is from the stream's; never positive
 * @param rightOffset the same for the right one
 */
public record IntervalBounds(long lowerMillis, long upperMillis, long leftOffset, long rightOffset) {
    public IntervalBounds {
        if (leftOffset > 0 || rightOffset > 0) {
            throw new IllegalArgumentException("the watermark of a column cannot be ahead of the stream's");
        }
    }

    /** Whether two rows are partners. */
    boolean hold(long leftTime, long rightTime) {
        long difference = leftTime - rightTime;
        return lowerMillis <= difference && difference <= upperMillis;
    }

    /** Rows of a side up to this time find no partner any more that is in time. */
    long expiredUntil(int side, long watermark) {
        if (watermark == Watermark.END || watermark == Watermark.START) {
            return watermark;
        }
        // a left row waits for right ones up to left - lower, a right row for left ones up to right + upper
        long shift = side == 0 ? rightOffset + lowerMillis : leftOffset - upperMillis;
        long until = watermark + shift;
        boolean overflows = ((watermark ^ until) & (shift ^ until)) < 0;
        return overflows ? (shift < 0 ? Watermark.START : Watermark.END) : until;
    }

    /** Span of time that a row may wait. */
    long span() {
        return Math.max(0, upperMillis - lowerMillis);
    }
}
