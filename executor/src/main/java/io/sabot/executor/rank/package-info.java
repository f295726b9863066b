/**
 * Operators that know an order: sorting, the first rows of all or of each partition, one row per key, changes out of upserts.
 *
 * <p>{@link io.sabot.executor.rank.SortKeyEncoder} is what ordering means, {@link io.sabot.executor.rank.RankedRows} rows of
 * partitions in order; read {@link io.sabot.executor.rank.RankOperator} first. Aggregates over such an order are {@code
 * executor.over}'s. One thread calls everything.
 */
@NullMarked
package io.sabot.executor.rank;

import org.jspecify.annotations.NullMarked;
