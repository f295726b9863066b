package io.sabot.parser;

import static io.sabot.parser.impl.SabotSqlParserImplConstants.BTID;
import static io.sabot.parser.impl.SabotSqlParserImplConstants.DOUBLE_QUOTE;
import static io.sabot.parser.impl.SabotSqlParserImplConstants.EOF;
import static io.sabot.parser.impl.SabotSqlParserImplConstants.QUOTE;

import io.sabot.parser.impl.SabotSqlParserImplTokenManager;
import io.sabot.parser.impl.SimpleCharStream;
import io.sabot.parser.impl.Token;
import io.sabot.parser.impl.TokenMgrError;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Cuts a script into tokens with the generated token manager; what it refuses becomes a {@link BadToken}. */
final class Lexer {
    private final ScriptText script;
    private final List<Token> tokens = new ArrayList<>();

    private Lexer(ScriptText script) {
        this.script = script;
    }

    /** All tokens but the end of file; never throws. */
    static List<Token> lex(ScriptText script) {
        Lexer lexer = new Lexer(script);
        int offset = 0;
        while (offset < script.text().length()) {
            offset = lexer.lexFrom(offset);
        }
        return ContextualWords.apply(lexer.tokens);
    }

    /** Lexes until the first bad token or the end; returns where to go on. */
    private int lexFrom(int offset) {
        CharStream chars = new CharStream(script, offset);
        var manager = new SabotSqlParserImplTokenManager(chars, BTID);
        try {
            Token token = manager.getNextToken();
            while (token.kind != EOF) {
                if (token.kind == QUOTE || token.kind == DOUBLE_QUOTE) {
                    return bad(script.offset(token.beginLine, token.beginColumn));
                }
                tokens.add(token);
                token = manager.getNextToken();
            }
            return script.text().length();
        } catch (TokenMgrError e) {
            return bad(script.offset(chars.getBeginLine(), chars.getBeginColumn()));
        }
    }

    /** Notes the bad token that starts here; returns the offset behind it. */
    private int bad(int from) {
        String text = script.text();
        return switch (text.charAt(from)) {
            case '\'' -> add(BadToken.Flaw.UNTERMINATED_STRING, from, text.length());
            case '/' -> add(BadToken.Flaw.UNTERMINATED_COMMENT, from, text.length());
            case '`' -> add(BadToken.Flaw.UNTERMINATED_IDENTIFIER, from, endOfLine(from));
            case '"' -> {
                int end = text.indexOf('"', from + 1);
                yield add(BadToken.Flaw.DOUBLE_QUOTED, from, end < 0 ? endOfLine(from) : end + 1);
            }
            default -> add(BadToken.Flaw.UNKNOWN_CHARACTER, from, text.offsetByCodePoints(from, 1));
        };
    }

    private int endOfLine(int from) {
        int end = from + 1;
        String text = script.text();
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int add(BadToken.Flaw flaw, int from, int to) {
        tokens.add(new BadToken(flaw, script, from, to));
        return to;
    }

    /** Counts lines and columns of the whole script; a tab is one column. */
    private static final class CharStream extends SimpleCharStream {
        CharStream(ScriptText script, int offset) {
            super(new StringReader(script.text().substring(offset)), script.line(offset), script.column(offset));
            setTabSize(1);
        }
    }
}
