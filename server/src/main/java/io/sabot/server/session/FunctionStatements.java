package io.sabot.server.session;

import io.sabot.catalog.Guess;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.DescribeFunction;
import io.sabot.planner.function.FunctionDefinition;
import io.sabot.planner.function.FunctionTable;
import java.util.Locale;

/** DESCRIBE FUNCTION: what a function takes, gives and does. */
final class FunctionStatements {
    private final EngineSession session;

    FunctionStatements(EngineSession session) {
        this.session = session;
    }

    StatementResult describe(DescribeFunction describe) {
        String name = describe.function().last();
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
