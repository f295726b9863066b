package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.AddJar;
import io.sabot.parser.statement.CreateFunction;
import io.sabot.parser.statement.DropFunction;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.RemoveJar;
import io.sabot.parser.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;

/** Statements about functions of users and their jars. */
final class FunctionParser {
    private final Cursor cursor;
    private final OptionParser options;

    FunctionParser(Cursor cursor) {
        this.cursor = cursor;
        this.options = new OptionParser(cursor);
    }

    /** Behind {@code CREATE [TEMPORARY [SYSTEM]] FUNCTION}. */
    Statement create(Token first, boolean temporary, boolean system) {
        boolean ifNotExists = options.ifNotExists();
        ObjectName name = cursor.objectName();
        CreateFunction.Body body = cursor.at("(") ? sql() : java();
        return new CreateFunction(cursor.sourceFrom(first), temporary, system, ifNotExists, name, body);
    }

    private CreateFunction.Body java() {
        cursor.expect("AS");
        Name className = cursor.string();
        if (cursor.accept("LANGUAGE") && !cursor.accept("JAVA") && !cursor.accept("SCALA")) {
            Token language = cursor.peek(1);
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "functions in " + Words.upper(language.image) + " are not supported")
                    .at(cursor.spanOf(language))
                    .hint("write LANGUAGE JAVA, or f(a INT) RETURNS INT LANGUAGE SQL AS '…'");
        }
        List<Name> jars = new ArrayList<>();
        if (cursor.accept("USING")) {
            do {
                cursor.expect("JAR");
                jars.add(cursor.string());
            } while (cursor.accept(","));
        }
        return new CreateFunction.JavaClass(className, jars);
    }

    private CreateFunction.Body sql() {
        cursor.expect("(");
        List<CreateFunction.Parameter> parameters = new ArrayList<>();
        while (!cursor.at(")")) {
            if (!parameters.isEmpty()) {
                cursor.expect(",");
            }
            Name name = cursor.name();
            parameters.add(new CreateFunction.Parameter(name, cursor.dataType()));
        }
        cursor.closeList();
        cursor.expect("RETURNS");
        SqlDataTypeSpec result = cursor.dataType();
        cursor.expect("LANGUAGE", "SQL");
        cursor.expect("AS");
        Name text = cursor.string();
        return new CreateFunction.SqlBody(parameters, result, text, expression(text));
    }

    /** Places in the string mean nothing in the statement, so its errors point at the whole of it. */
    private static SqlNode expression(Name text) {
        try {
            return SqlParser.parseExpression(text.value());
        } catch (SabotException e) {
            throw SabotException.of(e.code(), "in the body of the function: " + e.what())
                    .at(text.span())
                    .why(e.why().orElse(""))
                    .hint(e.hint().orElse(""))
                    .causedBy(e);
        }
    }

    /** Behind {@code DROP [TEMPORARY [SYSTEM]] FUNCTION}. */
    Statement drop(Token first, boolean temporary, boolean system) {
        boolean ifExists = options.ifExists();
        ObjectName name = cursor.objectName();
        return new DropFunction(cursor.sourceFrom(first), temporary, system, ifExists, name);
    }

    Statement addJar() {
        Token first = cursor.take();
        cursor.expect("JAR");
        Name path = cursor.string();
        return new AddJar(cursor.sourceFrom(first), path);
    }

    Statement removeJar() {
        Token first = cursor.take();
        cursor.expect("JAR");
        Name path = cursor.string();
        return new RemoveJar(cursor.sourceFrom(first), path);
    }
}
