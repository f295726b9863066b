package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;

/**
 * One word that names something, without its backticks, or the content of a string where a string names it.
 *
 * @param value case-sensitive
 */
public record Name(String value, SqlSpan span) {
    /** A name that stands in no text. */
    public static Name of(String value) {
        return new Name(value, SqlSpan.NONE);
    }

    @Override
    public String toString() {
        return value;
    }
}
