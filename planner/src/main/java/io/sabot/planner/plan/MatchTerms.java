package io.sabot.planner.plan;

import io.sabot.catalog.type.DataType;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/**
 * Expressions over the rows that a match has taken so far.
 *
 * @param terms the values taken from those rows
 * @param expressions over the terms as columns
 */
public record MatchTerms(List<Term> terms, List<RexNode> expressions) {
    public MatchTerms {
        terms = List.copyOf(terms);
        expressions = List.copyOf(expressions);
    }

    /** A value taken from rows of a match; {@code variables} are those whose rows count, none means all. */
    public sealed interface Term {
        /** Variables whose rows count; empty for all rows. */
        List<Integer> variables();

        /** Type of the value. */
        DataType type();
    }

    /**
     * A feature of one row; NULL when there is no such row.
     *
     * @param fromFirst whether rows are counted from the first one, else from the last one backwards
     * @param offset 0 is the first, or the last, row
     */
    public record OfRow(int feature, List<Integer> variables, boolean fromFirst, int offset, DataType type)
            implements Term {
        public OfRow {
            variables = List.copyOf(variables);
        }
    }

    /** An aggregate; its arguments are features. */
    public record OfRows(AggregateCall call, List<Integer> variables) implements Term {
        public OfRows {
            variables = List.copyOf(variables);
        }

        @Override
        public DataType type() {
            return call.type();
        }
    }
}
