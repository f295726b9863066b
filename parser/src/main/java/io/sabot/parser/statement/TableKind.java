package io.sabot.parser.statement;

/** What a CREATE TABLE or CREATE STREAM makes. */
public enum TableKind {
    TABLE,
    /** Append-only, no primary key. */
    STREAM
}
