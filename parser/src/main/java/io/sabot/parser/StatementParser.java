package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.Assignment;
import io.sabot.parser.statement.Delete;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.Truncate;
import io.sabot.parser.statement.Update;
import io.sabot.parser.statement.UseCatalog;
import io.sabot.parser.statement.UseDatabase;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Sends a statement by its first word to the parser of its family; parses the small families itself. */
final class StatementParser {
    /** What a statement can begin with: for guessing a misspelt word. */
    private static final List<String> FIRST_WORDS = List.of(
            "SELECT",
            "WITH",
            "VALUES",
            "INSERT",
            "UPDATE",
            "DELETE",
            "TRUNCATE",
            "EXECUTE",
            "CREATE",
            "DROP",
            "ALTER",
            "ADD",
            "REMOVE",
            "USE",
            "SHOW",
            "DESCRIBE",
            "DESC",
            "EXPLAIN",
            "SET",
            "RESET",
            "PAUSE",
            "RESUME",
            "STOP",
            "CANCEL",
            "CHECKPOINT",
            "SAVEPOINT",
            "KILL");

    private final Cursor cursor;

    StatementParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Parses the whole text. */
    Statement parse() {
        Unsupported.check(cursor);
        Statement statement = parseAny();
        cursor.expectEnd();
        return statement;
    }

    /** Parses one statement and leaves what stands behind it. */
    Statement parseAny() {
        Token first = cursor.peek(1);
        return switch (Words.upper(first.image)) {
            case "SELECT", "WITH", "VALUES", "(", "TABLE" -> cursor.query();
            case "INSERT" -> new InsertParser(cursor).insert();
            case "EXECUTE", "BEGIN" -> executed();
            case "UPDATE" -> update();
            case "DELETE" -> delete();
            case "TRUNCATE" -> truncate();
            case "CREATE" -> new CreateParser(cursor).create();
            case "DROP" -> new ChangeParser(cursor).drop();
            case "ALTER" -> new ChangeParser(cursor).alter();
            case "ADD" -> new FunctionParser(cursor).addJar();
            case "REMOVE" -> new FunctionParser(cursor).removeJar();
            case "USE" -> use();
            case "SHOW" -> new LookParser(cursor).show();
            case "DESCRIBE", "DESC" -> new LookParser(cursor).describe();
            case "EXPLAIN" -> new LookParser(cursor).explain();
            case "SET", "RESET" -> new SettingParser(cursor).parse();
            case "PAUSE", "RESUME", "STOP", "CANCEL", "CHECKPOINT", "SAVEPOINT", "KILL" ->
                new JobParser(cursor).parse();
            default -> throw unknown(first);
        };
    }

    /** Flink's EXECUTE in front of a query or an INSERT adds nothing to it. */
    private Statement executed() {
        if (cursor.upcoming(2).matches("EXECUTE (INSERT|SELECT|WITH|VALUES)")) {
            cursor.take();
            return cursor.at("INSERT") ? new InsertParser(cursor).insert() : cursor.query();
        }
        return new InsertParser(cursor).statementSet();
    }

    private SabotException unknown(Token first) {
        if (first instanceof BadToken) {
            return cursor.unexpected();
        }
        SabotException error = SabotException.of(
                        ErrorCode.SYNTAX_ERROR, "'" + first.image + "' does not begin a statement")
                .at(cursor.spanOf(first));
        return Words.closest(first.image, FIRST_WORDS)
                .map(word -> error.hint("did you mean " + word + "?"))
                .orElse(error);
    }

    private Statement use() {
        Token first = cursor.take();
        if (!cursor.at("CATALOG", ".") && cursor.accept("CATALOG")) {
            var catalog = cursor.name();
            return new UseCatalog(cursor.sourceFrom(first), catalog);
        }
        ObjectName database = cursor.objectName();
        return new UseDatabase(cursor.sourceFrom(first), database);
    }

    private Statement update() {
        Token first = cursor.take();
        ObjectName table = cursor.objectName();
        cursor.expect("SET");
        List<Assignment> assignments = new ArrayList<>();
        do {
            var column = cursor.name();
            cursor.expect("=");
            assignments.add(new Assignment(column, cursor.expression()));
        } while (cursor.accept(","));
        SqlNode condition = where();
        return new Update(cursor.sourceFrom(first), table, assignments, condition);
    }

    private Statement delete() {
        Token first = cursor.take();
        cursor.expect("FROM");
        ObjectName table = cursor.objectName();
        SqlNode condition = where();
        return new Delete(cursor.sourceFrom(first), table, condition);
    }

    private @Nullable SqlNode where() {
        return cursor.accept("WHERE") ? cursor.expression() : null;
    }

    private Statement truncate() {
        Token first = cursor.take();
        cursor.expect("TABLE");
        ObjectName table = cursor.objectName();
        return new Truncate(cursor.sourceFrom(first), table);
    }
}
