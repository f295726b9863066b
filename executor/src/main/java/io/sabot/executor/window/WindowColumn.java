package io.sabot.executor.window;

/** What a query can select of a window; 8-byte milliseconds. */
public enum WindowColumn {
    /** First moment inside, as local time. */
    START,
    /** First moment behind, as local time. */
    END,
    /** Last millisecond inside, as an instant where the time column is one. */
    TIME,
    /** As TIME, of windows of processing time. */
    PROCTIME;

    /** The value for a window. */
    long of(long windowStart, long windowEnd, ZoneShift zone) {
        return switch (this) {
            case START -> windowStart;
            case END -> windowEnd;
            case TIME, PROCTIME -> zone.toInstant(windowEnd - 1);
        };
    }
}
