package io.sabot.planner.plan;

/** A property of a window that a query can select. */
public enum WindowColumn {
    /** First instant inside. */
    START,
    /** First instant behind. */
    END,
    /** Last millisecond inside: {@code END - 1 ms}, an event-time column. */
    TIME,
    /** The processing-time counterpart of TIME. */
    PROCTIME
}
