package io.sabot.catalog;

/** What was written behind CREATE. */
public enum TableKind {
    TABLE,
    /** Append-only, without a primary key. */
    STREAM
}
