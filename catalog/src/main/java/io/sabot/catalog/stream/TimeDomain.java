package io.sabot.catalog.stream;

/** Which clock a time column or a watermark follows. */
public enum TimeDomain {
    /** Time in the row. */
    EVENT,
    /** Time on the injected clock. */
    PROCESSING
}
