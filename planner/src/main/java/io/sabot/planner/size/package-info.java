/**
 * How many rows a query works on, guessed before it runs: from sizes of tables, where they are known, and from shares that
 * are usual. Guesses choose between plans of the same answer and are shown by EXPLAIN ESTIMATED_COST; nothing else stands on
 * them.
 *
 * <p>Numbers of rows are doubles; NaN means that the number is not known, and whatever is computed from it is not either.
 * Read {@link io.sabot.planner.size.Shares} for what is assumed.
 */
@NullMarked
package io.sabot.planner.size;

import org.jspecify.annotations.NullMarked;
