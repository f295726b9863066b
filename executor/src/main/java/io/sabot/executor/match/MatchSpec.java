package io.sabot.executor.match;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.rank.SortColumn;
import io.sabot.parser.error.SqlSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MatchOperator} looks for. The operator owns what is compiled and closes it.
 *
 * @param order how rows stand; unless {@link Arrangement#AT_END} the first column is the time
 * @param timeUnits units of the first column of the order in a millisecond; 0 when it carries no time
 * @param features computes from input columns what is kept of a row
 * @param alone conditions that look at the row alone, one BOOLEAN column each, computed from input columns
 * @param within a match is shorter than this, in milliseconds; 0 means any length
 * @param skipVariables for {@link Skip#FIRST} and {@link Skip#LAST}, as bits
 * @param outputTerms what {@code output} is computed from
 */
public record MatchSpec(
        Schema input,
        List<Integer> keys,
        Arrangement arrangement,
        List<SortColumn> order,
        long timeUnits,
        long timeOffsetMillis,
        Projector features,
        Projector alone,
        List<Variable> variables,
        PatternGraph graph,
        Skip skip,
        long skipVariables,
        long within,
        List<Term> outputTerms,
        Projector output,
        Schema outputSchema,
        SqlSpan span) {
    public MatchSpec {
        keys = List.copyOf(keys);
        order = List.copyOf(order);
        variables = List.copyOf(variables);
        outputTerms = List.copyOf(outputTerms);
    }

    /** When rows are put in order. */
    public enum Arrangement {
        /** As the watermark passes them. */
        EVENT_TIME,
        /** They come in order. */
        PROCESSING_TIME,
        /** When the input has ended. */
        AT_END
    }

    /** Which row the search begins with after a match. */
    public enum Skip {
        NEXT_ROW,
        PAST_LAST_ROW,
        FIRST,
        LAST
    }

    /**
     * What a row must be to be taken by a variable.
     *
     * @param name as in the pattern
     * @param alone column of the conditions that look at the row alone; -1 when it looks at others too
     * @param terms what the condition is computed from
     * @param condition null when any row will do
     */
    public record Variable(
            String name,
            int alone,
            List<Term> terms,
            @Nullable Predicate condition) {
        public Variable {
            terms = List.copyOf(terms);
        }
    }

    /** A value taken from the rows of a match. */
    public sealed interface Term {
        /** Variables whose rows count, as bits. */
        long variables();

        /** Type of the value. */
        DataType type();
    }

    /** A feature of the first or last row, or of one {@code offset} rows from there. */
    public record OfRow(int feature, long variables, boolean fromFirst, int offset, DataType type) implements Term {}

    /** An aggregate; its arguments are features. */
    public record OfRows(AggregateSpec aggregate, long variables) implements Term {
        @Override
        public DataType type() {
            return aggregate.resultType();
        }
    }

    List<DataType> keyTypes() {
        return keys.stream().map(input::type).toList();
    }
}
