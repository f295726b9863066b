package io.sabot.parser;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.impl.Token;
import java.util.List;

/** One statement of a script, cut out but not parsed yet: {@link SqlParser#parse(ScriptStatement)} does that. */
public final class ScriptStatement {
    private final ScriptText script;
    private final List<Token> tokens;

    ScriptStatement(ScriptText script, List<Token> tokens) {
        this.script = script;
        this.tokens = List.copyOf(tokens);
    }

    /** From its first to its last word, without the semicolon and comments around it. */
    public String text() {
        return script.between(tokens.get(0), tokens.get(tokens.size() - 1));
    }

    /** Its place in the script. */
    public SqlSpan span() {
        return script.span(tokens.get(0), tokens.get(tokens.size() - 1));
    }

    ScriptText script() {
        return script;
    }

    /** At least one; neither semicolon nor end of file. */
    List<Token> tokens() {
        return tokens;
    }

    @Override
    public String toString() {
        return text();
    }
}
