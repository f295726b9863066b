package io.sabot.planner.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlOperator;

/**
 * All that is said about a function, once: {@code SHOW} and {@code DESCRIBE FUNCTION}, the reference and the tests of the
 * examples read it; the validator gets its operator. A scalar function is computed by the kernel of the operator's name
 * in {@code executor.expression}.
 *
 * @param name in capitals
 * @param syntax the ways to call it
 * @param description one sentence
 * @param difference to Flink, empty when there is none
 * @param operator arguments and result, as Calcite wants them
 */
public record FunctionDefinition(
        String name,
        FunctionCategory category,
        List<String> syntax,
        String description,
        NullRule nulls,
        String difference,
        List<Example> examples,
        SqlOperator operator) {

    /**
     * A call and what it gives.
     *
     * @param sql an expression, or a whole query that starts with SELECT
     * @param result the value as text; those of several rows in their order, separated by {@code "; "}
     */
    public record Example(String sql, String result) {
        /** The example as a query of one column. */
        public String query() {
            return sql.startsWith("SELECT ") ? sql : "SELECT " + sql;
        }
    }

    public FunctionDefinition {
        syntax = List.copyOf(syntax);
        examples = List.copyOf(examples);
    }

    /** Whether equal arguments always give equal results. */
    public boolean isDeterministic() {
        return operator.isDeterministic();
    }

    /** A function that is NULL where an argument is. The lines of {@code syntax} are the ways to call it. */
    static FunctionDefinition of(FunctionCategory category, SqlOperator operator, String syntax, String description) {
        return new FunctionDefinition(
                operator.getName().toUpperCase(Locale.ROOT),
                category,
                syntax.lines().toList(),
                description,
                NullRule.STRICT,
                "",
                List.of(),
                operator);
    }

    /** The same under another name than the operator's. */
    FunctionDefinition named(String other) {
        return new FunctionDefinition(other, category, syntax, description, nulls, difference, examples, operator);
    }

    /** The same with another null rule. */
    FunctionDefinition nulls(NullRule rule) {
        return new FunctionDefinition(name, category, syntax, description, rule, difference, examples, operator);
    }

    /** The same with what is not as in Flink. */
    FunctionDefinition differing(String text) {
        return new FunctionDefinition(name, category, syntax, description, nulls, text, examples, operator);
    }

    /** The same with one more example. */
    FunctionDefinition example(String sql, String result) {
        List<Example> more = new ArrayList<>(examples);
        more.add(new Example(sql, result));
        return new FunctionDefinition(name, category, syntax, description, nulls, difference, more, operator);
    }

    /** Whether it gives one value for one row, by itself. */
    public boolean isScalar() {
        return category != FunctionCategory.WINDOW
                && category != FunctionCategory.PATTERN
                && !(operator instanceof SqlAggFunction);
    }
}
