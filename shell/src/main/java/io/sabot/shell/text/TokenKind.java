package io.sabot.shell.text;

/** What a stretch of SQL text is, as far as the shell must know. */
public enum TokenKind {
    WORD,
    NUMBER,
    /** In single quotes; a doubled quote inside stays inside. */
    STRING,
    /** In backticks or double quotes. */
    QUOTED_NAME,
    COMMENT,
    /** {@code /*+ … *}{@code /}: a comment that means something. */
    HINT,
    SEMICOLON,
    SYMBOL
}
