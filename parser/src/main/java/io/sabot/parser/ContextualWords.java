package io.sabot.parser;

import static io.sabot.parser.impl.SabotSqlParserImplConstants.*;

import io.sabot.parser.impl.Token;
import java.util.List;

/**
 * Frees words that Calcite reserves and we do not: those newer than Flink, and a few that stand for nothing we have. Each is a name unless it stands where only the keyword
 * makes sense. The grammar itself cannot tell, as it would take QUALIFY behind a table for an alias.
 */
final class ContextualWords {
    private ContextualWords() {}

    /** Changes the kinds of tokens in place; returns the same list. */
    static List<Token> apply(List<Token> tokens) {
        int asofJoins = 0;
        int matchRecognizes = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int next = i + 1 < tokens.size() ? tokens.get(i + 1).kind : EOF;
            int previous = i > 0 ? tokens.get(i - 1).kind : EOF;
            boolean keyword = true;
            switch (token.kind) {
                case SEMICOLON -> {
                    asofJoins = 0;
                    matchRecognizes = 0;
                }
                case MATCH_RECOGNIZE -> matchRecognizes++;
                case MEASURES -> {
                    keyword = matchRecognizes > 0 && previous != DOT && next != DOT;
                    matchRecognizes -= keyword ? 1 : 0;
                }
                case ASOF -> {
                    keyword = next == JOIN;
                    asofJoins += keyword ? 1 : 0;
                }
                case MATCH_CONDITION -> {
                    keyword = asofJoins > 0;
                    asofJoins -= keyword ? 1 : 0;
                }
                case QUALIFY -> keyword = endsOperand(previous) && startsExpression(next);
                case DATETIME, MEASURE, ORDINAL, SAFE_CAST, SAFE_OFFSET, SAFE_ORDINAL, STREAM, UNSIGNED, UUID, VARIANT -> keyword = false;
                default -> {}
            }
            if (!keyword) {
                token.kind = IDENTIFIER;
            }
        }
        return tokens;
    }

    /** Whether an operand may end at this token: whether an expression or a table may be complete here. */
    private static boolean endsOperand(int kind) {
        return switch (kind) {
            case EOF,
                    SEMICOLON,
                    SELECT,
                    DISTINCT,
                    ALL,
                    WHERE,
                    BY,
                    AND,
                    OR,
                    NOT,
                    ON,
                    HAVING,
                    FROM,
                    JOIN,
                    INTO,
                    AS,
                    CASE,
                    WHEN,
                    THEN,
                    ELSE,
                    BETWEEN,
                    IN,
                    LIKE,
                    SET,
                    COMMA,
                    DOT,
                    LPAREN,
                    LBRACKET,
                    EQ,
                    GT,
                    LT,
                    LE,
                    GE,
                    NE,
                    NE2,
                    PLUS,
                    MINUS,
                    SLASH,
                    PERCENT_REMAINDER,
                    CONCAT -> false;
            default -> true;
        };
    }

    private static boolean startsExpression(int kind) {
        return switch (kind) {
            case EOF,
                    SEMICOLON,
                    COMMA,
                    RPAREN,
                    RBRACKET,
                    DOT,
                    FROM,
                    WHERE,
                    GROUP,
                    HAVING,
                    ORDER,
                    LIMIT,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    JOIN,
                    INNER,
                    LEFT,
                    RIGHT,
                    FULL,
                    CROSS,
                    NATURAL,
                    ON,
                    USING,
                    AS,
                    AND,
                    OR,
                    IS,
                    IN,
                    LIKE,
                    BETWEEN,
                    EMIT_CHANGES,
                    EMIT_ON_WINDOW_CLOSE,
                    EQ,
                    GT,
                    LT,
                    LE,
                    GE,
                    NE,
                    NE2,
                    STAR,
                    SLASH,
                    PERCENT_REMAINDER,
                    CONCAT -> false;
            default -> true;
        };
    }
}
