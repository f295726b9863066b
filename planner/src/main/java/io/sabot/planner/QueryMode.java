package io.sabot.planner;

/** What a query is asked for. */
public enum QueryMode {
    /** A plain SELECT: the answer over what is there, once. */
    SNAPSHOT,
    /** EMIT CHANGES: every change from now on. */
    CHANGES
}
