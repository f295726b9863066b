package io.sabot.parser.statement;

/** What an INSERT does with a second row of a key. */
public enum OnConflict {
    /** Nothing written. */
    NONE,
    ERROR,
    NOTHING,
    DEDUPLICATE
}
