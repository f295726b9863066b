package io.sabot.parser;

import io.sabot.parser.impl.SabotSqlParserImplConstants;
import io.sabot.parser.impl.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts scripts into statements at their semicolons, but not at those inside strings, backticks, comments and between
 * BEGIN and END of a statement set. Never throws: what is wrong inside a statement shows when that one is parsed.
 */
public final class SqlScripts {
    private SqlScripts() {}

    /** What a text that is still being typed needs before it can run. */
    public enum Completeness {
        /** Nothing but blanks and comments. */
        EMPTY,
        /** Ends with a semicolon, and nothing is open. */
        COMPLETE,
        /** A statement without its semicolon. */
        OPEN_STATEMENT,
        /** Inside a string. */
        OPEN_STRING,
        /** Inside a comment. */
        OPEN_COMMENT,
        /** Inside a statement set that lacks its END. */
        OPEN_STATEMENT_SET
    }

    /** The statements in order; places count in the whole script. Empty statements are left out. */
    public static List<ScriptStatement> split(String script) {
        ScriptText text = new ScriptText(script);
        return new Splitter(text, Lexer.lex(text)).split();
    }

    /** Whether a text can run as it is; takes microseconds for what fits a screen. */
    public static Completeness completeness(String script) {
        ScriptText text = new ScriptText(script);
        List<Token> tokens = Lexer.lex(text);
        if (tokens.isEmpty()) {
            return Completeness.EMPTY;
        }
        Token last = tokens.get(tokens.size() - 1);
        if (last instanceof BadToken bad && bad.flaw() == BadToken.Flaw.UNTERMINATED_STRING) {
            return Completeness.OPEN_STRING;
        }
        if (last instanceof BadToken bad && bad.flaw() == BadToken.Flaw.UNTERMINATED_COMMENT) {
            return Completeness.OPEN_COMMENT;
        }
        Splitter splitter = new Splitter(text, tokens);
        splitter.split();
        if (splitter.endsInsideSet()) {
            return Completeness.OPEN_STATEMENT_SET;
        }
        return last.kind == SabotSqlParserImplConstants.SEMICOLON ? Completeness.COMPLETE : Completeness.OPEN_STATEMENT;
    }

    /** One pass over the tokens. */
    private static final class Splitter {
        private final ScriptText script;
        private final List<Token> tokens;
        private final List<ScriptStatement> statements = new ArrayList<>();
        private List<Token> current = new ArrayList<>();
        private boolean insideSet;

        Splitter(ScriptText script, List<Token> tokens) {
            this.script = script;
            this.tokens = tokens;
        }

        List<ScriptStatement> split() {
            boolean afterSemicolon = false;
            for (Token token : tokens) {
                boolean semicolon = token.kind == SabotSqlParserImplConstants.SEMICOLON;
                if (semicolon && !insideSet && !endsWithSetHeader()) {
                    cut();
                } else {
                    current.add(token);
                    insideSet = (insideSet || endsWithSetHeader())
                            && !(afterSemicolon && token.kind == SabotSqlParserImplConstants.END);
                }
                afterSemicolon = semicolon;
            }
            cut();
            return List.copyOf(statements);
        }

        boolean endsInsideSet() {
            return insideSet;
        }

        /** {@code … STATEMENT SET BEGIN}, or the older {@code BEGIN STATEMENT SET}. */
        private boolean endsWithSetHeader() {
            return endsWith("STATEMENT", "SET", "BEGIN")
                    || (current.size() == 3 && endsWith("BEGIN", "STATEMENT", "SET"));
        }

        private boolean endsWith(String... words) {
            int from = current.size() - words.length;
            for (int i = 0; from >= 0 && i < words.length; i++) {
                if (!words[i].equalsIgnoreCase(current.get(from + i).image)) {
                    return false;
                }
            }
            return from >= 0;
        }

        private void cut() {
            if (!current.isEmpty()) {
                statements.add(new ScriptStatement(script, current));
                current = new ArrayList<>();
            }
        }
    }
}
