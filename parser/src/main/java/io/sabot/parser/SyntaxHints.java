package io.sabot.parser;

import static io.sabot.parser.impl.SabotSqlParserImplConstants.*;

import io.sabot.parser.impl.Token;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Advice for the mistakes that people make often. */
final class SyntaxHints {
    private static final List<String> CLAUSES = List.of(
            "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "JOIN", "UNION", "WITH", "VALUES", "SELECT", "AS");

    private SyntaxHints() {}

    static Optional<String> find(List<Token> tokens, Token bad, List<String> expected) {
        if (bad instanceof BadToken flawed) {
            return Optional.ofNullable(ofFlaw(flawed));
        }
        int index = tokens.indexOf(bad);
        Token previous = index > 0 ? tokens.get(index - 1) : bad;
        Token next = index >= 0 && index + 1 < tokens.size() ? tokens.get(index + 1) : bad;
        Optional<String> known = ofSigns(previous, bad, next).or(() -> ofWords(previous, bad, next, expected));
        if (known.isPresent()) {
            return known;
        }
        boolean nameFits = expected.contains(Expectations.NAME) || expected.contains(Expectations.EXPRESSION);
        boolean clause = CLAUSES.contains(Words.upper(bad.image)) && !isHalfOfTwo(bad, next);
        if (nameFits && !clause && isReservedWord(bad)) {
            return Optional.of(
                    "'" + bad.image + "' is a reserved word: to use it as a name, write `" + bad.image + "`");
        }
        Optional<String> typo = typo(tokens, index, bad, expected);
        if (typo.isPresent()) {
            return typo;
        }
        if (expected.contains(",") && startsItem(bad)) {
            return Optional.of("is a comma missing in front of it?");
        }
        return Optional.empty();
    }

    private static Optional<String> ofSigns(Token previous, Token bad, Token next) {
        if (bad.kind == EQ && (previous.kind == EQ || next.kind == EQ) && previous != next) {
            return Optional.of("comparison is a single '='");
        }
        if (bad.kind == COLON && (previous.kind == COLON || next.kind == COLON) && previous != next) {
            return Optional.of("write CAST(value AS type) in place of '::'");
        }
        if ((bad.kind == RPAREN || bad.kind == FROM || bad.kind == EOF) && previous.kind == COMMA) {
            return Optional.of("there is a comma too many in front of it");
        }
        if (bad.kind == NAMED_ARGUMENT_ASSIGNMENT) {
            return Optional.of("'at least' is written >=");
        }
        return Optional.empty();
    }

    private static Optional<String> ofWords(Token previous, Token bad, Token next, List<String> expected) {
        if (previous.kind == LATERAL || next.kind == LATERAL) {
            return Optional.of("behind LATERAL stands TABLE(f(…)), UNNEST(…) or a query in brackets");
        }
        if ("MODEL".equalsIgnoreCase(previous.image)) {
            return Optional.of(
                    "there are no models: call a function of your own, CREATE FUNCTION f AS 'class' USING JAR '…'");
        }
        if ("EMIT".equalsIgnoreCase(previous.image)) {
            return Optional.of("write EMIT CHANGES or EMIT ON WINDOW CLOSE");
        }
        if (previous.kind == EMIT_CHANGES || previous.kind == EMIT_ON_WINDOW_CLOSE) {
            return Optional.of("EMIT comes last");
        }
        if (bad.kind == WHERE && expected.contains("FROM")) {
            return Optional.of("WHERE stands behind a FROM: FROM (VALUES (0)) is one row");
        }
        if ("VALUE".equalsIgnoreCase(bad.image)) {
            return Optional.of("rows are written VALUES (…), (…); as a name, write `" + bad.image + "`");
        }
        return Optional.empty();
    }

    /** Whether the mistake is what stands behind an operator, and not the operator. */
    static boolean isOperatorWithoutOperand(Token operator, Token next) {
        return switch (operator.kind) {
            case EQ -> next.kind != EQ;
            case GT,
                    LT,
                    LE,
                    GE,
                    NE,
                    NE2,
                    PLUS,
                    MINUS,
                    STAR,
                    SLASH,
                    PERCENT_REMAINDER,
                    CONCAT,
                    DOT,
                    AND,
                    OR,
                    LIKE,
                    BETWEEN -> true;
            default -> false;
        };
    }

    private static @Nullable String ofFlaw(BadToken bad) {
        return switch (bad.flaw()) {
            case UNTERMINATED_STRING -> "close it with a single quote; a quote inside a string is written twice";
            case UNTERMINATED_IDENTIFIER -> "close it with a backtick on the same line";
            case UNTERMINATED_COMMENT -> "close it with */";
            case DOUBLE_QUOTED -> {
                String inner = bad.image.replace("\"", "");
                yield "names are quoted with backticks: `" + inner + "`, strings with single quotes: '" + inner + "'";
            }
            case UNKNOWN_CHARACTER -> null;
        };
    }

    /** A misspelt clause is taken for a name or an alias, so it may stand one in front of the place of the error. */
    private static Optional<String> typo(List<Token> tokens, int index, Token bad, List<String> expected) {
        if (bad.kind == IDENTIFIER) {
            Optional<String> meant = Words.closest(bad.image, expected);
            if (meant.isPresent()) {
                return meant.map(word -> "did you mean " + word + "?");
            }
        }
        for (int i = index; i >= Math.max(0, index - 1) && i < tokens.size(); i--) {
            Token token = tokens.get(i);
            Optional<String> meant = token.kind == IDENTIFIER ? Words.closest(token.image, CLAUSES) : Optional.empty();
            if (meant.isPresent()) {
                return Optional.of("did you mean " + meant.get() + " in place of '" + token.image + "'?");
            }
        }
        return Optional.empty();
    }

    private static boolean isReservedWord(Token token) {
        boolean word = !token.image.isEmpty() && token.image.chars().allMatch(c -> Character.isLetter(c) || c == '_');
        return word && !Expectations.isName(token);
    }

    /** ORDER or GROUP without its BY, VALUES without its bracket: meant as a name. */
    private static boolean isHalfOfTwo(Token bad, Token next) {
        return switch (bad.kind) {
            case ORDER, GROUP -> next.kind != BY;
            case VALUES -> next.kind != LPAREN;
            default -> false;
        };
    }

    private static boolean startsItem(Token token) {
        return token.kind == BACK_QUOTED_IDENTIFIER || token.kind == QUOTED_STRING || Expectations.isName(token);
    }
}
