package io.sabot.executor.over;

import io.sabot.executor.aggregate.AggregateSpec;

/** One value to compute for each row. */
public sealed interface OverCall {
    /** An aggregate of the frame. */
    record Aggregate(AggregateSpec spec) implements OverCall {}

    /** The place of the row in its partition. */
    record Ranking(RankingFunction function, long buckets) implements OverCall {}

    /**
     * A value of a row some rows away.
     *
     * @param distance negative for rows before
     * @param otherwise column of the row itself that is taken where there is no such row; -1 means NULL
     */
    record Shifted(int column, long distance, int otherwise) implements OverCall {}
}
