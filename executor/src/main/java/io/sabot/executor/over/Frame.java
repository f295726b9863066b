package io.sabot.executor.over;

/**
 * The rows near a row that aggregates read.
 *
 * @param rows whether bounds count rows, rather than what lies between values of the order column
 * @param lower distance of the first row, in rows or in units of the order column; negative before the present one
 * @param upper distance of the last row
 */
public record Frame(boolean rows, long lower, long upper) {
    /** All rows before. */
    public static final long UNBOUNDED_PRECEDING = Long.MIN_VALUE;

    /** All rows behind. */
    public static final long UNBOUNDED_FOLLOWING = Long.MAX_VALUE;

    boolean isFromFirst() {
        return lower == UNBOUNDED_PRECEDING;
    }
}
