package io.sabot.parser.statement;

/** When a query gives its rows. */
public enum EmitMode {
    /** Nothing written: a plain SELECT ends. */
    NONE,
    /** {@code EMIT CHANGES}: goes on, a changelog. */
    CHANGES,
    /** {@code EMIT ON WINDOW CLOSE}: goes on, each result once, when its window has closed. */
    ON_WINDOW_CLOSE
}
