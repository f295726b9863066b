package io.sabot.parser;

import io.sabot.parser.impl.ParseException;
import io.sabot.parser.impl.SabotSqlParserImpl;
import io.sabot.parser.impl.SabotSqlParserImplConstants;
import io.sabot.parser.impl.Token;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts what the generated parser expected in words: some hundred tokens become "a name", "an expression" or "an
 * operator" and a few keywords. Used on the way to an error only.
 */
final class Expectations {
    static final String NAME = "a name";
    static final String EXPRESSION = "an expression";
    static final String TYPE = "a data type";
    static final String END = "the end";
    static final String OPERATOR = "an operator";

    private static final Set<String> OPERATORS = Set.of(
            "=",
            "<",
            ">",
            "<=",
            ">=",
            "<>",
            "!=",
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "|",
            "&",
            "^",
            "<<",
            "->",
            "AND",
            "OR",
            "IS",
            "IN",
            "NOT",
            "LIKE",
            "ILIKE",
            "RLIKE",
            "SIMILAR",
            "BETWEEN",
            "MULTISET",
            "MEMBER",
            "SUBMULTISET",
            "CONTAINS",
            "EQUALS",
            "OVERLAPS",
            "PRECEDES",
            "SUCCEEDS",
            "IMMEDIATELY",
            "FORMAT",
            "COLLATE",
            "AT",
            ":",
            "..",
            "[");

    /** What is worth naming first; the rest follows in the grammar's order, the end of the statement last. */
    private static final List<String> FIRST = List.of(
            EXPRESSION,
            TYPE,
            NAME,
            ",",
            ")",
            "(",
            "AS",
            "FROM",
            "JOIN",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "LIMIT",
            "UNION",
            OPERATOR,
            "a string",
            "a number");

    private static final Set<String> NOISE =
            Set.of(".", "?", "{", "EXTEND", "TABLESAMPLE", "ZONE", "STREAM", "UNSIGNED", "VALUE", "DECIMAL");

    private Expectations() {}

    /** Whether a token can stand as a name without backticks: an identifier or a word that is not reserved. */
    static boolean isName(Token token) {
        return token.kind == SabotSqlParserImplConstants.IDENTIFIER
                || Groups.NAMES.contains(SabotSqlParserImplConstants.tokenImage[token.kind]);
    }

    /** Each expectation once, the broad ones first. */
    static List<String> of(ParseException error) {
        Set<String> tokens = new LinkedHashSet<>();
        for (int[] sequence : error.expectedTokenSequences) {
            tokens.add(error.tokenImage[sequence[0]]);
        }
        Set<String> words = new LinkedHashSet<>();
        drop(tokens, Groups.EXPRESSIONS, "\"CAST\"", EXPRESSION, words);
        drop(tokens, Groups.TYPES, "\"VARCHAR\"", TYPE, words);
        drop(tokens, Groups.NAMES, "<IDENTIFIER>", NAME, words);
        tokens.stream().map(Expectations::readable).forEach(words::add);
        words.removeAll(NOISE);
        if (words.contains("=") && words.contains("AND")) {
            words.removeAll(OPERATORS);
            words.add(OPERATOR);
        }
        return words.stream()
                .sorted(Comparator.comparingInt(Expectations::rank))
                .toList();
    }

    private static int rank(String word) {
        int index = FIRST.indexOf(word);
        return index >= 0 ? index : word.equals(END) ? FIRST.size() + 1 : FIRST.size();
    }

    /** If the mark is among the tokens, a whole group is: it is replaced by its name. */
    private static void drop(Set<String> tokens, Set<String> group, String mark, String name, Set<String> words) {
        if (tokens.contains(mark)) {
            tokens.removeAll(group);
            words.add(name);
        }
    }

    /** What names, expressions and types may begin with; made at the first error, not at start-up. */
    private static final class Groups {
        static final Set<String> EXPRESSIONS = expectedBy(SabotSqlParserImpl::SabotExpression);
        static final Set<String> TYPES = expectedBy(SabotSqlParserImpl::SabotDataType);
        static final Set<String> NAMES = expectedBy(SabotSqlParserImpl::SimpleIdentifier);
    }

    private interface Rule {
        Object parse(SabotSqlParserImpl parser) throws ParseException;
    }

    /** What a rule may begin with, found by giving it what it cannot begin with. */
    private static Set<String> expectedBy(Rule rule) {
        ScriptText script = new ScriptText("\u0007");
        Set<String> images = new HashSet<>();
        try {
            rule.parse(Cursor.parserOver(script, List.of(new BadToken(BadToken.Flaw.UNKNOWN_CHARACTER, script, 0, 1))));
        } catch (ParseException e) {
            for (int[] sequence : e.expectedTokenSequences) {
                images.add(e.tokenImage[sequence[0]]);
            }
        }
        return Set.copyOf(images);
    }

    /** From JavaCC's {@code "\"FROM\""} and {@code <IDENTIFIER>}. */
    private static String readable(String tokenImage) {
        String image = tokenImage.length() > 2 ? tokenImage.replace("\"", "") : tokenImage;
        return switch (image) {
            case "<IDENTIFIER>",
                    "<BACK_QUOTED_IDENTIFIER>",
                    "<QUOTED_IDENTIFIER>",
                    "<UNICODE_QUOTED_IDENTIFIER>",
                    "<BRACKET_QUOTED_IDENTIFIER>",
                    "<HYPHENATED_IDENTIFIER>",
                    "<BIG_QUERY_BACK_QUOTED_IDENTIFIER>" -> NAME;
            case "<QUOTED_STRING>",
                    "<PREFIXED_STRING_LITERAL>",
                    "<UNICODE_STRING_LITERAL>",
                    "<BIG_QUERY_QUOTED_STRING>",
                    "<BIG_QUERY_DOUBLE_QUOTED_STRING>",
                    "<C_STYLE_ESCAPED_STRING_LITERAL>" -> "a string";
            case "<UNSIGNED_INTEGER_LITERAL>", "<DECIMAL_NUMERIC_LITERAL>", "<APPROX_NUMERIC_LITERAL>" -> "a number";
            case "<EMIT_CHANGES>" -> "EMIT CHANGES";
            case "<EMIT_ON_WINDOW_CLOSE>" -> "EMIT ON WINDOW CLOSE";
            case "<EOF>" -> END;
            default -> image;
        };
    }
}
