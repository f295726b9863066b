package io.sabot.shell.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts SQL text into tokens; white space makes none. Any text has tokens: what SQL does not know becomes a symbol. */
public final class SqlLexer {
    private final String sql;
    private int position;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    public static List<Token> tokens(String sql) {
        var lexer = new SqlLexer(sql);
        List<Token> tokens = new ArrayList<>();
        while (lexer.skipSpace()) {
            tokens.add(lexer.next());
        }
        return tokens;
    }

    private boolean skipSpace() {
        while (position < sql.length() && Character.isWhitespace(sql.charAt(position))) {
            position++;
        }
        return position < sql.length();
    }

    private Token next() {
        char c = sql.charAt(position);
        if (c == '\'') {
            return quoted(TokenKind.STRING, c);
        }
        if (c == '`' || c == '"') {
            return quoted(TokenKind.QUOTED_NAME, c);
        }
        if (sql.startsWith("--", position) || sql.startsWith("//", position)) {
            return lineComment();
        }
        if (sql.startsWith("/*", position)) {
            return blockComment();
        }
        if (c == ';') {
            return closed(TokenKind.SEMICOLON, position + 1);
        }
        if (Character.isDigit(c)) {
            return number();
        }
        if (Character.isJavaIdentifierStart(c)) {
            return word();
        }
        return closed(TokenKind.SYMBOL, position + 1);
    }

    private Token quoted(TokenKind kind, char quote) {
        int end = position + 1;
        while (end < sql.length()) {
            if (sql.charAt(end) == quote) {
                if (end + 1 == sql.length() || sql.charAt(end + 1) != quote) {
                    return closed(kind, end + 1);
                }
                end++;
            }
            end++;
        }
        return open(kind);
    }

    private Token lineComment() {
        int end = position;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        return closed(TokenKind.COMMENT, end);
    }

    private Token blockComment() {
        var kind = sql.startsWith("/*+", position) ? TokenKind.HINT : TokenKind.COMMENT;
        int end = sql.indexOf("*/", position + 2);
        return end < 0 ? open(kind) : closed(kind, end + 2);
    }

    private Token number() {
        int end = position;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '.')) {
            end++;
        }
        return closed(TokenKind.NUMBER, end);
    }

    private Token word() {
        int end = position;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return closed(TokenKind.WORD, end);
    }

    private Token closed(TokenKind kind, int end) {
        var token = new Token(kind, position, end, true);
        position = end;
        return token;
    }

    private Token open(TokenKind kind) {
        var token = new Token(kind, position, sql.length(), false);
        position = sql.length();
        return token;
    }
}
