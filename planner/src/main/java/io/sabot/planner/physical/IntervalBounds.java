package io.sabot.planner.physical;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.plan.StreamProperties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * An interval that conditions of a join put on the distance of two time columns of one domain: {@code lower <= left - right <=
 * upper}.
 *
 * @param rest the conditions that say something else
 */
record IntervalBounds(int left, int right, long lowerMillis, long upperMillis, List<RexNode> rest) {
    IntervalBounds {
        rest = List.copyOf(rest);
    }

    /** Looks for two time columns that are bounded in both directions. */
    static Optional<IntervalBounds> find(JoinInputs inputs) {
        Map<List<Integer>, Range> ranges = new LinkedHashMap<>();
        for (RexNode conjunct : inputs.residual()) {
            comparison(conjunct, inputs)
                    .ifPresent(found -> ranges.computeIfAbsent(found.columns(), columns -> new Range())
                            .add(found, conjunct));
        }
        return ranges.entrySet().stream()
                .filter(entry -> entry.getValue().isClosed())
                .findFirst()
                .map(entry -> entry.getValue().bounds(entry.getKey(), inputs.residual()));
    }

    /** {@code left - right >= millis} or, as an upper bound, {@code <=}. */
    private record Comparison(List<Integer> columns, boolean upper, long millis) {}

    private static Optional<Comparison> comparison(RexNode node, JoinInputs inputs) {
        if (!(node instanceof RexCall call) || call.getOperands().size() != 2) {
            return Optional.empty();
        }
        SqlKind kind = call.getKind();
        boolean less = kind == SqlKind.LESS_THAN || kind == SqlKind.LESS_THAN_OR_EQUAL;
        boolean greater = kind == SqlKind.GREATER_THAN || kind == SqlKind.GREATER_THAN_OR_EQUAL;
        if (!less && !greater) {
            return Optional.empty();
        }
        Optional<TimeExpressions.Shifted> first =
                TimeExpressions.shifted(call.getOperands().get(0));
        Optional<TimeExpressions.Shifted> second =
                TimeExpressions.shifted(call.getOperands().get(1));
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        boolean strict = kind == SqlKind.LESS_THAN || kind == SqlKind.GREATER_THAN;
        int border = inputs.left().schema().size();
        boolean inOrder = first.get().column() < border;
        TimeExpressions.Shifted left = inOrder ? first.get() : second.get();
        TimeExpressions.Shifted right = inOrder ? second.get() : first.get();
        int rightColumn = right.column() - border;
        if (left.column() >= border
                || rightColumn < 0
                || domain(inputs.left(), left.column()).isEmpty()
                || !domain(inputs.left(), left.column()).equals(domain(inputs.right(), rightColumn))) {
            return Optional.empty();
        }
        // left + a <= right + b  is  left - right <= b - a
        long distance = right.millis() - left.millis();
        boolean upper = less == inOrder;
        long millis = strict ? distance + (upper ? -1 : 1) : distance;
        return Optional.of(new Comparison(List.of(left.column(), rightColumn), upper, millis));
    }

    private static Optional<TimeDomain> domain(Stage input, int column) {
        return input.time(column).map(StreamProperties.TimeColumn::domain);
    }

    /** What is found about one pair of columns. */
    private static final class Range {
        private long lower = Long.MIN_VALUE;
        private long upper = Long.MAX_VALUE;
        private final List<RexNode> used = new ArrayList<>();

        void add(Comparison comparison, RexNode conjunct) {
            used.add(conjunct);
            if (comparison.upper()) {
                upper = Math.min(upper, comparison.millis());
            } else {
                lower = Math.max(lower, comparison.millis());
            }
        }

        boolean isClosed() {
            return lower != Long.MIN_VALUE && upper != Long.MAX_VALUE;
        }

        IntervalBounds bounds(List<Integer> columns, List<RexNode> conjuncts) {
            List<RexNode> rest = new ArrayList<>(conjuncts);
            rest.removeAll(used);
            return new IntervalBounds(columns.get(0), columns.get(1), lower, upper, rest);
        }
    }
}
