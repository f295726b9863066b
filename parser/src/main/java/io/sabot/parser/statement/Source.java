package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;

/**
 * Where a statement stands: its own text, and its place in the whole script.
 *
 * @param text as written, from its first to its last word, without the semicolon
 * @param span counted in the whole text that was given to the parser
 */
public record Source(String text, SqlSpan span) {
    /** Of a statement that no text was parsed for. */
    public static final Source NONE = new Source("", SqlSpan.NONE);
}
