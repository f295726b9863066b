package io.sabot.executor.state;

/** What keeps a state table from growing for ever; {@code EXPLAIN} prints it. */
public enum StateBound {
    /** Rows go when the watermark passes them. */
    WATERMARK,
    /** Rows go when they have not been written for a time. */
    TTL,
    /** As many rows as there are keys. */
    KEYS,
    /** As many rows as the input has, or more: earns the user a warning. */
    NOTHING
}
