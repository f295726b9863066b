/**
 * The contract of an operator, and what the runtime gives it.
 *
 * <p>An operator is one step of a running query. It knows nothing of plans, SQL, parallelism, files or threads; aligning
 * barriers, merging watermarks, chaining, snapshots and metrics belong to {@code executor.task}. Read {@link
 * io.sabot.executor.operator.Operator} first.
 *
 * <p>An operator is made in its task by an {@link io.sabot.executor.operator.OperatorOpener}, with all that it holds: fields
 * are final. What it allocates belongs to its context ({@link io.sabot.executor.operator.OperatorContext#own}), so an operator
 * closes nothing, and an opening that fails half-way leaves nothing. A part of an operator that gets the context does the same;
 * a part that gets an allocator is closed by whoever made it.
 */
@NullMarked
package io.sabot.executor.operator;

import org.jspecify.annotations.NullMarked;
