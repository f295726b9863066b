/**
 * Aggregates as kernels over fixed-width records, and the operators that group rows by key.
 *
 * <p>An {@link io.sabot.executor.aggregate.Aggregation} lays the accumulators of all aggregates of an operator out in one
 * record per group and updates them for a whole batch at a time; where the record lies (a state table, a table of a local
 * phase, a scratch copy) is its caller's matter. Read {@link io.sabot.executor.aggregate.Aggregation} first, then {@link
 * io.sabot.executor.aggregate.GroupAggregateOperator}. Windows are {@code executor.window}'s. One thread calls everything.
 */
@NullMarked
package io.sabot.executor.aggregate;

import org.jspecify.annotations.NullMarked;
