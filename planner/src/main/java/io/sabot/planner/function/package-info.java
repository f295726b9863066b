/**
 * The functions of the dialect as data: name, arguments, result type.
 *
 * <p>To add one that a kernel computes, add a line to {@link io.sabot.planner.function.SabotFunctions} and the kernel of
 * the same name to {@code executor.expression}; to take one of Calcite's, add it to {@code StandardFunctions} after
 * comparing its nulls and results with Flink's.
 */
@NullMarked
package io.sabot.planner.function;

import org.jspecify.annotations.NullMarked;
