package io.sabot.shell.text;

/**
 * A stretch of the text from {@code start} to {@code end}, exclusive.
 *
 * @param closed false when the text ended inside the string, quoted name or comment
 */
public record Token(TokenKind kind, int start, int end, boolean closed) {

    public String in(String sql) {
        return sql.substring(start, end);
    }

    /** Whether this is the given word, in any case. */
    public boolean isWord(String sql, String word) {
        return kind == TokenKind.WORD
                && end - start == word.length()
                && sql.regionMatches(true, start, word, 0, word.length());
    }

    /** Whether a statement that has nothing else is no statement. */
    boolean isBlank() {
        return kind == TokenKind.COMMENT;
    }
}
