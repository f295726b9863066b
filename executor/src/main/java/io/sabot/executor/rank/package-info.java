/**
 * Small operators that keep, order or complete rows: sorting bounded input, the first rows, changes out of upserts.
 *
 * <p>Each stands alone; {@link io.sabot.executor.rank.SortKeyEncoder} is what ordering means. One thread calls everything.
 */
@NullMarked
package io.sabot.executor.rank;

import org.jspecify.annotations.NullMarked;
