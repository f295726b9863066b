package io.sabot.planner.plan;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.plan.OrderNode.Collation;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/**
 * Finds patterns in the ordered rows of each partition; output: partition columns, then measures.
 *
 * @param keys columns of the input by which it is partitioned
 * @param order how rows stand in a partition; unless {@link Arrangement#AT_END} it begins with the time
 * @param features expressions over the input that are kept of a row: whatever terms need
 * @param within a match is shorter than this, in milliseconds; 0 means any length
 * @param output all columns of the output, over terms
 */
public record MatchNode(
        NodeInfo info,
        PlanNode input,
        List<Integer> keys,
        Arrangement arrangement,
        List<Collation> order,
        long timeOffsetMillis,
        List<RexNode> features,
        List<Variable> variables,
        Pattern pattern,
        Skip skip,
        long within,
        MatchTerms output)
        implements PlanNode {
    public MatchNode {
        keys = List.copyOf(keys);
        order = List.copyOf(order);
        features = List.copyOf(features);
        variables = List.copyOf(variables);
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

    /** The domain of the time by which rows leave. */
    public TimeDomain domain() {
        return arrangement == Arrangement.PROCESSING_TIME ? TimeDomain.PROCESSING : TimeDomain.EVENT;
    }

    /**
     * What a row must be to be taken by a variable; any row when both conditions are empty.
     *
     * @param alone the condition over the columns of the input, when it looks at no other row
     * @param condition the same over terms; the row itself counts as taken
     */
    public record Variable(String name, Optional<RexNode> alone, Optional<MatchTerms> condition) {}

    /**
     * Where the search goes on after a match.
     *
     * @param variables for {@link SkipTo#FIRST} and {@link SkipTo#LAST}
     */
    public record Skip(SkipTo to, List<Integer> variables, String text) {
        public Skip {
            variables = List.copyOf(variables);
        }
    }

    /** Which row a search begins with after a match. */
    public enum SkipTo {
        NEXT_ROW,
        PAST_LAST_ROW,
        FIRST,
        LAST
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
