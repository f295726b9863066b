/**
 * Data types as written: the ROW, ARRAY, MULTISET and MAP types that Calcite lacks or whose nullability it loses.
 *
 * <p>The grammar makes them, the planner derives a {@code RelDataType} from them. What a type means is the planner's
 * business. Values only; any thread.
 */
@NullMarked
package io.sabot.parser.type;

import org.jspecify.annotations.NullMarked;
