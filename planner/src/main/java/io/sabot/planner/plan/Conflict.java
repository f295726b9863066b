package io.sabot.planner.plan;

/** What becomes of several rows with the key of one row of a sink. */
public enum Conflict {
    /** The row that came last stands for the key; when it goes, the one before it. */
    LAST,
    /** The row that came first stands for the key; when it goes, the one after it. */
    FIRST,
    /** An epoch that leaves several rows is an error. */
    ERROR
}
