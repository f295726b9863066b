/**
 * Expressions over the columns of a batch: the one place of this module where Calcite is visible.
 *
 * <p>Read {@link io.sabot.executor.expression.ExpressionCompiler} first. It turns a {@code RexNode} into a tree of {@link
 * io.sabot.executor.expression.Node}s; a node computes a whole column at a time, a {@link
 * io.sabot.executor.expression.Value}, for the rows of a {@link io.sabot.executor.expression.Frame}. Kernels (classes
 * named so) are plain loops over addresses and know nothing of SQL. Calls without a kernel become a generated loop.
 *
 * <p>In flight there are few kinds of values, the {@link io.sabot.executor.expression.Lane}s: whole numbers, dates, times
 * and decimals of up to 18 digits are all 8-byte integers. Operators that use expressions live in their own packages.
 * Everything here is called by one thread.
 */
@NullMarked
package io.sabot.executor.expression;

import org.jspecify.annotations.NullMarked;
