/**
 * The contract of an operator, and what the runtime gives it.
 *
 * <p>An operator is one step of a running query. It knows nothing of plans, SQL, parallelism, files or threads; aligning
 * barriers, merging watermarks, chaining, snapshots and metrics belong to {@code executor.task}. Read {@link
 * io.sabot.executor.operator.Operator} first.
 */
@NullMarked
package io.sabot.executor.operator;

import org.jspecify.annotations.NullMarked;
