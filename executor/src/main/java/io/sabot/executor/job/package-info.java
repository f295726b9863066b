/**
 * From a plan to running tasks, and their supervision.
 *
 * <p>The one place where a plan node meets its operator ({@link io.sabot.executor.job.OperatorFactory}); the graph of
 * operators is cut into stages at exchanges ({@link io.sabot.executor.job.Stages}), each stage runs as tasks, and the
 * coordinator ends epochs and makes checkpoints. Read {@link io.sabot.executor.job.JobExecution} first.
 */
@NullMarked
package io.sabot.executor.job;

import org.jspecify.annotations.NullMarked;
