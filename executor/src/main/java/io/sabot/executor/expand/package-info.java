/**
 * Several rows, or none, of each row: UNNEST and table functions. Without state.
 *
 * <p>Read {@link io.sabot.executor.expand.ExpandOperator} first; where rows come from is a {@code RowMaker}.
 */
@NullMarked
package io.sabot.executor.expand;

import org.jspecify.annotations.NullMarked;
