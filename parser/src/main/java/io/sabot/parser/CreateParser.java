package io.sabot.parser;

import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.CreateCatalog;
import io.sabot.parser.statement.CreateDatabase;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Options;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.TableKind;
import java.util.List;

/** CREATE of everything; tables and streams are handed on. */
final class CreateParser {
    private final Cursor cursor;
    private final OptionParser options;

    CreateParser(Cursor cursor) {
        this.cursor = cursor;
        this.options = new OptionParser(cursor);
    }

    Statement create() {
        Token first = cursor.take();
        boolean orReplace = cursor.accept("OR", "REPLACE");
        boolean temporary = cursor.accept("TEMPORARY");
        if (!orReplace && cursor.accept("FUNCTION")) {
            return new FunctionParser(cursor).create(first, temporary, false);
        } else if (temporary && !orReplace && cursor.accept("SYSTEM", "FUNCTION")) {
            return new FunctionParser(cursor).create(first, true, true);
        } else if (cursor.accept("TABLE")) {
            return new TableParser(cursor).create(first, TableKind.TABLE, orReplace, temporary);
        } else if (cursor.accept("STREAM")) {
            return new TableParser(cursor).create(first, TableKind.STREAM, orReplace, temporary);
        } else if (cursor.accept("VIEW")) {
            return view(first, orReplace, temporary);
        } else if (!temporary && cursor.accept("MATERIALIZED", "VIEW")) {
            return materializedView(first, orReplace);
        } else if (!temporary && !orReplace && cursor.accept("CATALOG")) {
            return catalog(first);
        } else if (!temporary && !orReplace && cursor.accept("DATABASE")) {
            return database(first);
        }
        throw temporary
                ? cursor.unexpected("TABLE", "STREAM", "VIEW", "FUNCTION", "SYSTEM FUNCTION")
                : cursor.unexpected("TABLE", "STREAM", "VIEW", "MATERIALIZED VIEW", "FUNCTION", "CATALOG", "DATABASE");
    }

    private Statement view(Token first, boolean orReplace, boolean temporary) {
        boolean ifNotExists = options.ifNotExists();
        ObjectName name = cursor.objectName();
        List<Name> columns = cursor.at("(") ? cursor.nameList() : List.of();
        String comment = options.comment();
        cursor.expect("AS");
        Query query = cursor.query();
        return new CreateView(
                cursor.sourceFrom(first), orReplace, temporary, ifNotExists, name, columns, comment, query);
    }

    private Statement materializedView(Token first, boolean orReplace) {
        boolean ifNotExists = options.ifNotExists();
        ObjectName name = cursor.objectName();
        List<Name> columns = cursor.at("(") ? cursor.nameList() : List.of();
        String comment = options.comment();
        Options with = options.withOptions();
        cursor.expect("AS");
        Query query = cursor.query();
        return new CreateMaterializedView(
                cursor.sourceFrom(first), orReplace, ifNotExists, name, columns, comment, with, query);
    }

    private Statement catalog(Token first) {
        boolean ifNotExists = options.ifNotExists();
        Name name = cursor.name();
        String comment = options.comment();
        Options with = options.withOptions();
        return new CreateCatalog(cursor.sourceFrom(first), ifNotExists, name, comment, with);
    }

    private Statement database(Token first) {
        boolean ifNotExists = options.ifNotExists();
        ObjectName name = cursor.objectName();
        String comment = options.comment();
        Options with = options.withOptions();
        return new CreateDatabase(cursor.sourceFrom(first), ifNotExists, name, comment, with);
    }
}
