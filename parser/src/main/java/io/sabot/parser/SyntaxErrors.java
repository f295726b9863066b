package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.impl.ParseException;
import io.sabot.parser.impl.SabotSqlParserImplConstants;
import io.sabot.parser.impl.Token;
import io.sabot.parser.text.SqlSpans;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;

/** Makes syntax errors: what stands there, what was expected, and a hint where the mistake is a known one. */
final class SyntaxErrors {
    private static final int EXPECTED_SHOWN_MAX = 8;
    private static final int IMAGE_SHOWN_MAX = 40;

    private static final Pattern NO_INTEGER = Pattern.compile("Literal '(\\d+)' can not be parsed to type 'java.*");

    private SyntaxErrors() {}

    /** What the generated parser throws. */
    static SabotException of(ScriptText script, List<Token> tokens, ParseException error) {
        Token bad = error.currentToken.next;
        return unexpected(script, tokens, bad, Expectations.of(error));
    }

    /** The error that this token is not one of the expected. */
    static SabotException unexpected(ScriptText script, List<Token> tokens, Token bad, List<String> expected) {
        Token next = next(tokens, bad);
        if (next instanceof BadToken && !(bad instanceof BadToken)) {
            return unexpected(script, tokens, next, List.of());
        }
        if (SyntaxHints.isOperatorWithoutOperand(bad, next) && !expected.contains(Expectations.EXPRESSION)) {
            String operand = ".".equals(bad.image) ? Expectations.NAME : Expectations.EXPRESSION;
            return unexpected(script, tokens, next, List.of(operand));
        }
        SabotException error =
                SabotException.of(ErrorCode.SYNTAX_ERROR, what(bad)).at(script.span(bad, bad));
        if (!(bad instanceof BadToken) && !expected.isEmpty()) {
            error = error.why(expectation(expected));
        }
        Optional<String> hint = SyntaxHints.find(tokens, bad, expected);
        return hint.isPresent() ? error.hint(hint.get()) : error;
    }

    /** The grammar looks two tokens ahead at an operator, and so stops in front of it when the second is wrong. */
    private static Token next(List<Token> tokens, Token bad) {
        int index = tokens.indexOf(bad);
        return index < 0 ? bad : index + 1 < tokens.size() ? tokens.get(index + 1) : TokenFeed.endOfFile(bad);
    }

    /** What Calcite throws from inside a rule: a literal out of range, say. */
    static SabotException of(SqlSpan near, RuntimeException error) {
        if (!(error instanceof CalciteException)) {
            // operator precedence is resolved after the grammar, and fails there in its own way
            return SabotException.of(ErrorCode.SYNTAX_ERROR, "syntax error in the expression that ends here")
                    .at(near)
                    .hint("set brackets around its parts")
                    .causedBy(error);
        }
        SqlSpan span = error instanceof CalciteContextException context ? SqlSpans.of(context) : near;
        Throwable cause = error;
        while (cause instanceof CalciteContextException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("syntax error");
        Matcher number = NO_INTEGER.matcher(message);
        if (number.matches()) {
            return SabotException.of(ErrorCode.SYNTAX_ERROR, number.group(1) + " is too large a number here")
                    .at(span)
                    .causedBy(error);
        }
        return SabotException.of(ErrorCode.SYNTAX_ERROR, decapitalised(message))
                .at(span)
                .causedBy(error);
    }

    static SabotException tooDeep(SqlSpan span, StackOverflowError error) {
        return SabotException.of(ErrorCode.TOO_MANY, "the statement is nested too deeply")
                .at(span)
                .hint("split it with views or WITH")
                .causedBy(error);
    }

    private static String what(Token bad) {
        if (bad instanceof BadToken flawed) {
            return switch (flawed.flaw()) {
                case UNTERMINATED_STRING -> "string is not closed";
                case UNTERMINATED_IDENTIFIER -> "backtick is not closed";
                case UNTERMINATED_COMMENT -> "comment is not closed";
                case DOUBLE_QUOTED -> "double quotes do not quote anything: " + shortened(bad.image);
                case UNKNOWN_CHARACTER -> "unknown character '" + bad.image + "'";
            };
        }
        return bad.kind == SabotSqlParserImplConstants.EOF
                ? "syntax error at the end of the statement"
                : "syntax error at '" + shortened(bad.image) + "'";
    }

    private static String shortened(String image) {
        String line = image.lines().findFirst().orElse("");
        return line.length() < image.length() || line.length() > IMAGE_SHOWN_MAX
                ? line.substring(0, Math.min(line.length(), IMAGE_SHOWN_MAX)) + "…"
                : line;
    }

    private static String expectation(List<String> expected) {
        List<String> shown = expected.stream()
                .limit(EXPECTED_SHOWN_MAX)
                .map(SyntaxErrors::quotedSign)
                .toList();
        String rest = shown.size() < expected.size() ? " or " + (expected.size() - shown.size()) + " more" : "";
        return "expected " + String.join(", ", shown) + rest;
    }

    private static String quotedSign(String word) {
        return Character.isLetter(word.charAt(0)) ? word : "'" + word + "'";
    }

    private static String decapitalised(String message) {
        boolean word = message.length() > 1 && Character.isLowerCase(message.charAt(1));
        return word ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
    }
}
