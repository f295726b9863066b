package io.sabot.planner.plan;

/** Which right row, by time, belongs to a left row: the nearest one on a side. */
public enum VersionMatch {
    AT_OR_BEFORE,
    BEFORE,
    AT_OR_AFTER,
    AFTER
}
