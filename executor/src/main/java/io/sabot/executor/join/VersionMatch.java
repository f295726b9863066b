package io.sabot.executor.join;

/** Which right row, by time, belongs to a left row: the nearest one on a side. */
public enum VersionMatch {
    AT_OR_BEFORE,
    BEFORE,
    AT_OR_AFTER,
    AFTER;

    /** Whether the right row is not newer than the left one. */
    boolean looksBack() {
        return this == AT_OR_BEFORE || this == BEFORE;
    }

    /** Whether a right row of the left row's own time lies behind the place where the search begins. */
    boolean startsBeforeEqual() {
        return this == BEFORE || this == AT_OR_AFTER;
    }
}
