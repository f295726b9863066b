package io.sabot.parser.error;

/**
 * A stretch of SQL text, in lines and columns counted from 1; the end is the last character inside.
 *
 * @param line first line, 1-based; 0 in {@link #NONE}
 * @param column first column, 1-based
 * @param endLine last line, 1-based, inclusive
 * @param endColumn last column, 1-based, inclusive
 */
public record SqlSpan(int line, int column, int endLine, int endColumn) {
    /** Stands where no text is known, for instance for a plan made by a program. */
    public static final SqlSpan NONE = new SqlSpan(0, 0, 0, 0);

    /** Whether this names a place in the text. */
    public boolean isKnown() {
        return line > 0;
    }

    /** The same place in a text in front of which {@code lines} lines stand, the last of them {@code columns} long. */
    public SqlSpan shift(int lines, int columns) {
        return isKnown()
                ? new SqlSpan(
                        line + lines,
                        line == 1 ? column + columns : column,
                        endLine + lines,
                        endLine == 1 ? endColumn + columns : endColumn)
                : this;
    }

    @Override
    public String toString() {
        return isKnown() ? "line " + line + ", column " + column : "unknown position";
    }
}
