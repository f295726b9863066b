package io.sabot.catalog.connector;

/** What the text of an option must be. */
public enum OptionType {
    STRING,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    INT,
    LONG,
    DOUBLE,
    /** A number and a unit: {@code 5 s}, {@code 1min}, {@code 100 ms}. */
    DURATION,
    /** A number and a unit: {@code 128MB}, {@code 32 kb}. */
    MEMORY_SIZE,
    /** Texts between semicolons. */
    LIST,
    /** One of the values that the option allows, in any case. */
    ENUM,
    /** Anything: the option is refused by name. Its description says why, and what to do. */
    REFUSED
}
