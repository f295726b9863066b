/**
 * Steps without state that keep some rows and compute columns from them.
 *
 * <p>How expressions are computed belongs to {@code executor.expression}. Read {@link
 * io.sabot.executor.filter.CalcOperator} first; one thread calls it.
 */
@NullMarked
package io.sabot.executor.filter;

import org.jspecify.annotations.NullMarked;
