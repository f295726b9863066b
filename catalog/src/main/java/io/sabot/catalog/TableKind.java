package io.sabot.catalog;

/** What a table is. */
public enum TableKind {
    /** CREATE TABLE. */
    TABLE,
    /** CREATE STREAM: append-only, without a primary key. */
    STREAM,
    /** The rows of a materialized view whose query changes rows that it has given. */
    MATERIALIZED_VIEW,
    /** The rows of a materialized view whose query only gives new ones. */
    MATERIALIZED_LOG;

    /** Whether it holds the rows of a materialized view. */
    public boolean isMaterialized() {
        return this == MATERIALIZED_VIEW || this == MATERIALIZED_LOG;
    }

    /** Whether the rows that the engine keeps for it only come, and never change or go. */
    public boolean appendOnly() {
        return this == STREAM || this == MATERIALIZED_LOG;
    }
}
