package io.sabot.parser;

import static io.sabot.parser.impl.SabotSqlParserImplConstants.EMIT_CHANGES;
import static io.sabot.parser.impl.SabotSqlParserImplConstants.EMIT_ON_WINDOW_CLOSE;
import static io.sabot.parser.impl.SabotSqlParserImplConstants.EOF;
import static io.sabot.parser.impl.SabotSqlParserImplConstants.QUOTED_STRING;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.impl.ParseException;
import io.sabot.parser.impl.SabotSqlParserImpl;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.EmitMode;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Source;
import io.sabot.parser.text.SabotConformance;
import io.sabot.parser.text.SqlSpans;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the tokens of one statement: words and punctuation are taken here, queries, expressions, names and types
 * by the generated parser from the same place on. Words are compared ignoring case; a name in backticks is no word.
 */
final class Cursor {
    private static final int IDENTIFIER_LENGTH_MAX = 256;

    private final ScriptText script;
    private final List<Token> tokens;
    private final SabotSqlParserImpl parser;
    /** Its first token; null before any. */
    private @Nullable Token lastQuery;

    Cursor(ScriptText script, List<Token> tokens) {
        this.script = script;
        this.tokens = tokens;
        this.parser = parserOver(script, tokens);
    }

    /** The generated parser, set up for our dialect. */
    static SabotSqlParserImpl parserOver(ScriptText script, List<Token> tokens) {
        SabotSqlParserImpl parser = new SabotSqlParserImpl(new TokenFeed(tokens));
        parser.setOriginalSql(script.text());
        parser.setQuotedCasing(Casing.UNCHANGED);
        parser.setUnquotedCasing(Casing.UNCHANGED);
        parser.setIdentifierMaxLength(IDENTIFIER_LENGTH_MAX);
        parser.setConformance(SabotConformance.INSTANCE);
        return parser;
    }

    // ---- looking ----

    /** The next token, or one further on; the first is 1. */
    Token peek(int index) {
        return parser.getToken(index);
    }

    /** Whether these words (or signs) come next. */
    boolean at(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!words[i].equalsIgnoreCase(peek(i + 1).image)) {
                return false;
            }
        }
        return true;
    }

    boolean atEnd() {
        return peek(1).kind == EOF;
    }

    boolean atString() {
        return peek(1).kind == QUOTED_STRING;
    }

    /** What comes next, in capitals, one blank between: for naming a statement. */
    String upcoming(int count) {
        List<String> words = new ArrayList<>();
        for (int i = 1; i <= count && peek(i).kind != EOF; i++) {
            words.add(Words.upper(peek(i).image));
        }
        return String.join(" ", words);
    }

    // ---- taking ----

    Token take() {
        return parser.getNextToken();
    }

    /** Takes these words if they come next. */
    boolean accept(String... words) {
        if (!at(words)) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            take();
        }
        return true;
    }

    /** Takes these words or fails. */
    void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw unexpected(word);
            }
        }
    }

    /** Fails unless everything has been taken; says what could have come here. */
    void expectEnd(String... otherwise) {
        if (atEnd()) {
            return;
        }
        Token bad = peek(1);
        if (otherwise.length == 0 && lastQuery != null) {
            expectQueryThenEnd(tokens.subList(tokens.indexOf(lastQuery), tokens.size()));
        }
        throw SyntaxErrors.unexpected(script, tokens, bad, List.of(otherwise));
    }

    /** Parses the last query once more, with a rule that fails where this cursor has stopped. */
    private void expectQueryThenEnd(List<Token> fromQuery) {
        SabotSqlParserImpl again = parserOver(script, fromQuery);
        parse(() -> {
            again.SabotQueryThenEnd();
            return again;
        });
    }

    Name name() {
        return name(parse(parser::SimpleIdentifier));
    }

    ObjectName objectName() {
        SqlIdentifier identifier = parse(parser::CompoundIdentifier);
        List<Name> parts = new ArrayList<>();
        for (int i = 0; i < identifier.names.size(); i++) {
            SqlParserPos position = identifier.getComponentParserPosition(i);
            parts.add(new Name(identifier.names.get(i), SqlSpans.of(position)));
        }
        return new ObjectName(parts);
    }

    private static Name name(SqlIdentifier identifier) {
        return new Name(identifier.getSimple(), SqlSpans.of(identifier));
    }

    /** A name, or a string that names something. */
    Name nameOrString() {
        if (!atString()) {
            return name();
        }
        Name name = string();
        if (name.value().isEmpty()) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "a name is empty").at(name.span());
        }
        return name;
    }

    /** A string without its quotes, with the place of the literal. */
    Name string() {
        if (!atString()) {
            throw unexpected("a string in single quotes");
        }
        Token token = take();
        return new Name(SqlParserUtil.parseString(token.image), script.span(token, token));
    }

    /** {@code (a, b, …)}. */
    List<Name> nameList() {
        expect("(");
        List<Name> names = new ArrayList<>();
        do {
            names.add(name());
        } while (accept(","));
        closeList();
        return names;
    }

    void closeList() {
        if (!accept(")")) {
            throw unexpected(",", ")");
        }
    }

    SqlNode expression() {
        return parse(parser::SabotExpression);
    }

    SqlDataTypeSpec dataType() {
        return parse(parser::SabotDataType);
    }

    /** A query and its EMIT clause. */
    Query query() {
        Token first = peek(1);
        lastQuery = first;
        SqlNode node = parse(parser::SabotQuery);
        AsofJoins.check(node, tokens);
        EmitMode mode = switch (peek(1).kind) {
            case EMIT_CHANGES -> EmitMode.CHANGES;
            case EMIT_ON_WINDOW_CLOSE -> EmitMode.ON_WINDOW_CLOSE;
            default -> EmitMode.NONE;
        };
        if (mode != EmitMode.NONE) {
            take();
            node = limited(node);
        }
        return new Query(sourceFrom(first), node, mode);
    }

    /** LIMIT may also stand behind the EMIT clause. */
    private SqlNode limited(SqlNode node) {
        if (!at("LIMIT")) {
            return node;
        }
        Token word = take();
        SqlNode fetch = expression();
        if (node instanceof SqlOrderBy ordered) {
            if (ordered.fetch != null) {
                throw SabotException.of(ErrorCode.SYNTAX_ERROR, "there are two LIMIT clauses")
                        .at(spanOf(word));
            }
            return new SqlOrderBy(ordered.getParserPosition(), ordered.query, ordered.orderList, ordered.offset, fetch);
        }
        return new SqlOrderBy(node.getParserPosition(), node, SqlNodeList.EMPTY, null, fetch);
    }

    // ---- places ----

    /** From a token to the last one taken. */
    Source sourceFrom(Token first) {
        return new Source(script.between(first, parser.token), spanFrom(first));
    }

    SqlSpan spanFrom(Token first) {
        return script.span(first, parser.token);
    }

    SqlSpan spanOf(Token token) {
        return script.span(token, token);
    }

    ScriptText script() {
        return script;
    }

    // ---- failing ----

    /** The error that the next token is not one of these. */
    SabotException unexpected(String... expected) {
        return SyntaxErrors.unexpected(script, tokens, peek(1), List.of(expected));
    }

    private interface Production<T> {
        T parse() throws ParseException;
    }

    private <T> T parse(Production<T> production) {
        try {
            return production.parse();
        } catch (ParseException e) {
            throw SyntaxErrors.of(script, tokens, e);
        } catch (StackOverflowError e) {
            throw SyntaxErrors.tooDeep(spanOf(peek(1)), e);
        } catch (SabotException e) {
            throw e;
        } catch (RuntimeException e) {
            throw SyntaxErrors.of(spanOf(parser.token), e);
        }
    }
}
