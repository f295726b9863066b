package io.sabot.server.session;

import io.sabot.catalog.Guess;
import io.sabot.catalog.function.UserFunction;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.DescribeFunction;
import io.sabot.planner.function.FunctionDefinition;
import io.sabot.planner.function.FunctionTable;
import io.sabot.planner.function.UserFunctionText;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** DESCRIBE FUNCTION: what a function takes, gives and does. */
final class FunctionStatements {
    private final EngineSession session;

    FunctionStatements(EngineSession session) {
        this.session = session;
    }

    StatementResult describe(DescribeFunction describe) {
        String name = describe.function().last();
        Optional<UserFunction> user =
                session.sessionCatalog().findFunction(describe.function().values());
        boolean ofDialect = describe.function().values().size() == 1
                && FunctionTable.INSTANCE.find(name).isPresent();
        if (user.isPresent() && !ofDialect) {
            return describe(user.get(), describe.extended());
        }
        FunctionDefinition function = FunctionTable.INSTANCE
                .find(name)
                .filter(known -> describe.function().values().size() == 1)
                .orElseThrow(() -> unknown(describe));
        TextRows.Builder rows = new TextRows.Builder("info name", "info value");
        rows.add("name", function.name());
        rows.add("kind", kind(function));
        function.syntax().forEach(line -> rows.add("syntax", line));
        rows.add("description", function.description());
        rows.add("nulls", function.nulls().text());
        if (describe.extended()) {
            rows.add("category", function.category().title());
            rows.add("deterministic", Boolean.toString(function.isDeterministic()));
            rows.add("difference to Flink", function.difference().isEmpty() ? "none" : function.difference());
            function.examples().forEach(example -> rows.add("example", example.sql() + " -> " + example.result()));
        }
        return rows.build(session.engine().allocator());
    }

    private StatementResult describe(UserFunction function, boolean extended) {
        TextRows.Builder rows = new TextRows.Builder("info name", "info value");
        rows.add("name", function.name().name());
        if (function.body() instanceof UserFunction.JavaClass java) {
            describeClass(rows, function, java, extended);
        } else if (function.body() instanceof UserFunction.SqlExpression sql) {
            rows.add("kind", "scalar");
            rows.add("syntax", syntax(function, sql));
            rows.add("body", sql.sql());
        }
        if (extended) {
            rows.add("temporary", Boolean.toString(function.temporary()));
            rows.add("system", Boolean.toString(function.system()));
        }
        return rows.build(session.engine().allocator());
    }

    /** A class that cannot be loaded, say since its jar has gone, is said to be so. */
    private void describeClass(
            TextRows.Builder rows, UserFunction function, UserFunction.JavaClass java, boolean extended) {
        try {
            UserFunctionText text = session.planner().describeFunction(function);
            rows.add("kind", text.kind());
            text.syntax().forEach(line -> rows.add("syntax", line));
            if (extended) {
                rows.add("deterministic", Boolean.toString(text.deterministic()));
            }
        } catch (SabotException e) {
            rows.add("problem", e.what() + e.why().map(why -> ": " + why).orElse(""));
        }
        rows.add("class", java.className());
        java.jars().forEach(jar -> rows.add("jar", jar));
    }

    private static String syntax(UserFunction function, UserFunction.SqlExpression sql) {
        return function.name().name()
                + sql.parameters().stream()
                        .map(field -> field.name() + " " + field.type().name())
                        .collect(Collectors.joining(", ", "(", ")"))
                + " -> " + sql.result().name();
    }

    private static String kind(FunctionDefinition function) {
        return switch (function.category()) {
            case AGGREGATE -> "aggregate";
            case ANALYTIC -> "of OVER";
            case PATTERN -> "of MATCH_RECOGNIZE";
            case WINDOW -> "table";
            case CONDITIONAL, MATH, TEXT, TIME, COLLECTION, JSON -> "scalar";
        };
    }

    private static SabotException unknown(DescribeFunction describe) {
        String name = String.join(".", describe.function().values());
        SabotException error = SabotException.of(
                        ErrorCode.UNDEFINED_FUNCTION, "function " + name.toUpperCase(Locale.ROOT) + " does not exist")
                .at(describe.function().span());
        return Guess.closest(name.toUpperCase(Locale.ROOT), FunctionTable.INSTANCE.functionNames())
                .map(guess -> error.hint("did you mean " + guess + "?"))
                .orElse(error.hint("SHOW FUNCTIONS lists what there is"));
    }
}
