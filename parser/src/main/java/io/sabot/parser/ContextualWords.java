package io.sabot.parser;

import static io.sabot.parser.impl.SabotSqlParserImplConstants.*;

import io.sabot.parser.impl.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Frees words that Calcite reserves and we do not: those newer than Flink, and a few that stand for nothing we have. Each is a name unless it stands where only the keyword
 * makes sense. The grammar itself cannot tell, as it would take QUALIFY behind a table for an alias.
 */
final class ContextualWords {
    private final List<Token> tokens;
    /** For each open bracket, innermost first: whether FROM has come since SELECT, so that QUALIFY may follow. */
    private final Deque<Boolean> fromSeen = new ArrayDeque<>(List.of(false));

    private int asofJoinsOpen;
    private int matchRecognizesOpen;

    private ContextualWords(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Changes the kinds of tokens in place; returns the same list. */
    static List<Token> apply(List<Token> tokens) {
        ContextualWords words = new ContextualWords(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            if (!words.isKeyword(i)) {
                tokens.get(i).kind = IDENTIFIER;
            }
        }
        return tokens;
    }

    /** Called for each token in order; true also for tokens that are no words. */
    private boolean isKeyword(int index) {
        return switch (kind(index)) {
            case DATETIME, MEASURE, ORDINAL, SAFE_CAST, SAFE_OFFSET, SAFE_ORDINAL, STREAM, UNSIGNED, UUID, VARIANT ->
                false;
            case MEASURES -> isMeasures(index);
            case ASOF -> isAsof(index);
            case MATCH_CONDITION -> asofJoinsOpen > 0 && asofJoinsOpen-- > 0;
            case QUALIFY -> isQualify(index);
            default -> {
                keepTrack(index);
                yield true;
            }
        };
    }

    private int kind(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index).kind : EOF;
    }

    private void keepTrack(int index) {
        switch (kind(index)) {
            case LPAREN -> fromSeen.push(false);
            case RPAREN -> {
                if (fromSeen.size() > 1) {
                    fromSeen.pop();
                }
            }
            case SELECT -> setFromSeen(false);
            case FROM -> setFromSeen(true);
            case MATCH_RECOGNIZE -> matchRecognizesOpen++;
            case SEMICOLON -> {
                fromSeen.clear();
                fromSeen.push(false);
                asofJoinsOpen = 0;
                matchRecognizesOpen = 0;
            }
            default -> {}
        }
    }

    private void setFromSeen(boolean seen) {
        fromSeen.pop();
        fromSeen.push(seen);
    }

    private boolean isMeasures(int index) {
        boolean keyword = matchRecognizesOpen > 0 && kind(index - 1) != DOT && kind(index + 1) != DOT;
        matchRecognizesOpen -= keyword ? 1 : 0;
        return keyword;
    }

    private boolean isAsof(int index) {
        boolean keyword = kind(index + 1) == JOIN;
        asofJoinsOpen += keyword ? 1 : 0;
        return keyword;
    }

    private boolean isQualify(int index) {
        boolean keyword = fromSeen.getFirst() && endsOperand(kind(index - 1)) && startsExpression(kind(index + 1));
        if (keyword) {
            setFromSeen(false);
        }
        return keyword;
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
