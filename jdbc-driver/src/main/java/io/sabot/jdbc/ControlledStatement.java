package io.sabot.jdbc;

/** A statement of this driver, plain or prepared. */
interface ControlledStatement {
    StatementControl control();

    /** Whether the statement itself is being closed, which frees its result as well. */
    boolean isClosing();

    /** The connection is closed: so is this, without a word to the server. */
    void abandon();
}
