package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.Statement;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;

/**
 * Parses SQL. Every method throws {@link SabotException}: 42601 with the place for text that is not SQL, 0A000 for a
 * statement that is known but not supported. Places count in the whole text given.
 */
public final class SqlParser {
    private SqlParser() {}

    /**
     * Parses all statements of a script; fails at the first that is wrong. To run what stands in front of it, use
     * {@link SqlScripts#split} and parse one by one.
     */
    public static List<Statement> parseScript(String script) {
        return SqlScripts.split(script).stream().map(SqlParser::parse).toList();
    }

    /** Parses the text of one statement, with or without a semicolon. */
    public static Statement parse(String sql) {
        List<ScriptStatement> statements = SqlScripts.split(sql);
        if (statements.isEmpty()) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "the statement is empty");
        }
        if (statements.size() > 1) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "one statement was expected, not " + statements.size())
                    .at(statements.get(1).span());
        }
        return parse(statements.get(0));
    }

    /** Parses one statement of a script. */
    public static Statement parse(ScriptStatement statement) {
        return new StatementParser(new Cursor(statement.script(), statement.tokens())).parse();
    }

    /** Parses a scalar expression that stands alone, as the catalog keeps those of computed columns. */
    public static SqlNode parseExpression(String sql) {
        return parseWhole(sql, Cursor::expression);
    }

    /** Parses a data type that stands alone; its {@code getNullable()} is never null. */
    public static SqlDataTypeSpec parseDataType(String sql) {
        return parseWhole(sql, Cursor::dataType);
    }

    private static <T> T parseWhole(String sql, Function<Cursor, T> rule) {
        ScriptText script = new ScriptText(sql);
        List<Token> tokens = Lexer.lex(script);
        if (tokens.isEmpty()) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, "the text is empty");
        }
        Cursor cursor = new Cursor(script, tokens);
        T result = rule.apply(cursor);
        cursor.expectEnd();
        return result;
    }
}
