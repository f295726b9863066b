/**
 * Jobs: statements that go on by themselves. Their life (running, paused, failed, …), their restart after failures, and,
 * in a durable engine, what is needed to go on after a restart of the process.
 *
 * <p>How rows are computed is {@code executor.job}'s; who asks is {@code server.session}. Read {@link
 * io.sabot.server.job.Jobs} first, then {@code JobWatch}, the thread of one job. Safe for any thread.
 */
@NullMarked
package io.sabot.server.job;

import org.jspecify.annotations.NullMarked;
