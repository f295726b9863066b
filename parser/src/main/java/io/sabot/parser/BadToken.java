package io.sabot.parser;

import io.sabot.parser.impl.SabotSqlParserImplConstants;
import io.sabot.parser.impl.Token;

/** Text that is no token. No grammar rule takes it, so the parser stops at it and the error says why. */
final class BadToken extends Token {
    /** What is wrong with it. */
    enum Flaw {
        UNTERMINATED_STRING,
        UNTERMINATED_IDENTIFIER,
        UNTERMINATED_COMMENT,
        DOUBLE_QUOTED,
        UNKNOWN_CHARACTER
    }

    private final Flaw flaw;

    BadToken(Flaw flaw, ScriptText script, int from, int to) {
        this.flaw = flaw;
        kind = SabotSqlParserImplConstants.BEL;
        image = script.text().substring(from, to);
        beginLine = script.line(from);
        beginColumn = script.column(from);
        endLine = script.line(to - 1);
        endColumn = script.column(to - 1);
    }

    Flaw flaw() {
        return flaw;
    }
}
