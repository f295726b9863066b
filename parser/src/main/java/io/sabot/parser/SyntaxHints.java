package io.sabot.parser;

import static io.sabot.parser.impl.SabotSqlParserImplConstants.*;

import io.sabot.parser.impl.Token;
import java.util.List;
import java.util.Optional;

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
        if (bad.kind == EQ && previous.kind == EQ) {
            return Optional.of("comparison is a single '='");
        }
        if (bad.kind == COLON && previous.kind == COLON) {
            return Optional.of("write CAST(value AS type) in place of '::'");
        }
        if ((bad.kind == RPAREN || bad.kind == FROM || bad.kind == EOF) && previous.kind == COMMA) {
            return Optional.of("there is a comma too many in front of it");
        }
        if (isReservedWord(bad) && expected.contains("a name")) {
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

    private static @org.jspecify.annotations.Nullable String ofFlaw(BadToken bad) {
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
        return token.kind != IDENTIFIER
                && token.kind != EOF
                && !token.image.isEmpty()
                && token.image.chars().allMatch(c -> Character.isLetter(c) || c == '_');
    }

    private static boolean startsItem(Token token) {
        return token.kind == IDENTIFIER || token.kind == BACK_QUOTED_IDENTIFIER || token.kind == QUOTED_STRING;
    }
}
