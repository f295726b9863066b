package io.sabot.shell.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the statements of a text. A statement ends at {@code ;}; {@code EXECUTE STATEMENT SET BEGIN … END;} is one statement
 * although it holds others. Comments between statements belong to none.
 */
public final class StatementSplitter {
    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final List<Token> statement = new ArrayList<>();
    private boolean inStatementSet;
    private int openCases;

    private StatementSplitter(String text) {
        this.text = text;
    }

    /**
     * A statement's place in the text, without its semicolon.
     *
     * @param next where the text goes on behind the semicolon; the text's length when there is none
     */
    public record Part(int start, int end, int next, boolean terminated) {}

    /** All statements; the last may lack its semicolon. */
    public static List<Part> split(String text) {
        var splitter = new StatementSplitter(text);
        for (Token token : SqlLexer.tokens(text)) {
            splitter.take(token);
        }
        splitter.finish(text.length(), false);
        return splitter.parts;
    }

    /** Whether nothing in the text waits for a semicolon. */
    public static boolean isComplete(String text) {
        return split(text).stream().allMatch(Part::terminated) && !endsInsideComment(text);
    }

    private static boolean endsInsideComment(String text) {
        var tokens = SqlLexer.tokens(text);
        return !tokens.isEmpty() && !tokens.get(tokens.size() - 1).closed();
    }

    private void take(Token token) {
        if (token.isBlank()) {
            return;
        }
        if (token.kind() == TokenKind.SEMICOLON) {
            if (inStatementSet) {
                return;
            }
            finish(token.end(), true);
            return;
        }
        statement.add(token);
        if (statement.size() == 3) {
            inStatementSet = startsWith("EXECUTE", "STATEMENT", "SET");
        } else if (inStatementSet) {
            followNesting(token);
        }
    }

    /** An END closes the innermost CASE; one without a CASE closes the statement set. */
    private void followNesting(Token token) {
        if (token.isWord(text, "CASE")) {
            openCases++;
        } else if (token.isWord(text, "END")) {
            if (openCases == 0) {
                inStatementSet = false;
            } else {
                openCases--;
            }
        }
    }

    private boolean startsWith(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!statement.get(i).isWord(text, words[i])) {
                return false;
            }
        }
        return true;
    }

    private void finish(int next, boolean terminated) {
        if (!statement.isEmpty()) {
            Token last = statement.get(statement.size() - 1);
            parts.add(new Part(statement.get(0).start(), last.end(), next, terminated));
        }
        statement.clear();
        inStatementSet = false;
        openCases = 0;
    }
}
