/**
 * Aggregates as kernels over fixed-width records, and the operators that group rows by key.
 *
 * <p>An {@link io.sabot.executor.aggregate.Aggregation} lays the accumulators of all aggregates of an operator out in one
 * record per group and updates them for a whole batch at a time; where the record lies (a state table, a table of a local
 * phase, a scratch copy) is its caller's matter. Values of any size (lists, numbers of a percentile) are byte strings in the
 * record's tail: {@code ListCell} gathers the rows of a batch by record ({@code RowsByRecord}) and opens, changes and writes
 * each string back once; {@code UserCell} does so with accumulators that are objects of users. What cannot be merged ({@code
 * AggregateSpec.needsValues}) has tables of its own ({@code ValueState}), or is computed from rows when they leave ({@code
 * RowReplay}). Read {@link io.sabot.executor.aggregate.Aggregation} first, then {@link
 * io.sabot.executor.aggregate.GroupAggregateOperator}. Windows are {@code executor.window}'s. One thread calls everything.
 */
@NullMarked
package io.sabot.executor.aggregate;

import org.jspecify.annotations.NullMarked;
