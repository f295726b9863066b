package io.sabot.planner.plan;

import io.sabot.catalog.type.DataType;
import io.sabot.planner.plan.OrderNode.Collation;
import java.util.List;

/**
 * Computes values of each row from rows near it in an order; output: the columns of the input, then one per call.
 *
 * @param collations the order within a partition; for {@link When#TIME} and {@link When#ARRIVAL} its time column
 */
public record OverNode(
        NodeInfo info,
        PlanNode input,
        List<Integer> partition,
        List<Collation> collations,
        Frame frame,
        List<Call> calls,
        When when)
        implements PlanNode {
    public OverNode {
        partition = List.copyOf(partition);
        collations = List.copyOf(collations);
        calls = List.copyOf(calls);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    /** When rows leave. */
    public enum When {
        /** When the watermark has passed their event time; rows behind it are dropped. */
        TIME,
        /** As they come, which is the order of processing time. */
        ARRIVAL,
        /** When the input has ended. */
        END
    }

    /**
     * The rows near a row that aggregates read.
     *
     * @param rows whether bounds count rows, rather than what lies between values of the order column
     * @param lower distance of the first row: negative before the present one, in rows or in units of the order column
     * @param upper distance of the last row; rows of equal order stand or fall together unless rows are counted
     */
    public record Frame(boolean rows, long lower, long upper) {
        /** All rows before. */
        public static final long UNBOUNDED_PRECEDING = Long.MIN_VALUE;

        /** All rows behind. */
        public static final long UNBOUNDED_FOLLOWING = Long.MAX_VALUE;
    }

    /** One value to compute. */
    public sealed interface Call {
        DataType type();

        String name();
    }

    /** An aggregate of the frame. */
    public record Aggregate(AggregateCall call) implements Call {
        @Override
        public DataType type() {
            return call.type();
        }

        @Override
        public String name() {
            return call.name();
        }
    }

    /** The place of the row in its partition. */
    public record Ranking(Function function, long buckets, DataType type, String name) implements Call {
        /** How places are told. */
        public enum Function {
            ROW_NUMBER,
            RANK,
            DENSE_RANK,
            /** Rank less one, as a part of the other rows. */
            PERCENT_RANK,
            /** Rows up to this one and its equals, as a part of all. */
            CUME_DIST,
            /** Number of the bucket, of {@code buckets} of equal size. */
            NTILE
        }
    }

    /**
     * A value of a row some rows away.
     *
     * @param column its column
     * @param distance negative for rows before
     * @param otherwise column whose value is taken where there is no such row; -1 means NULL
     */
    public record Shifted(int column, long distance, int otherwise, DataType type, String name) implements Call {}
}
