/**
 * One thread's work: a small graph of operators between inputs (channels and source readers) and outputs (exchanges).
 *
 * <pre>
 *   channels ─▶ ChannelInput ─┐
 *                             ├─▶ OperatorNode ─▶ OperatorNode ─┬─▶ OperatorNode ─▶ ExchangeWriter
 *   reader  ─▶ SourceInput  ──┘        (direct calls)           └─▶ ExchangeWriter
 * </pre>
 *
 * The task merges watermarks, aligns barriers, hands snapshots to the job's coordinator and wakes its operators in order.
 * Nothing here knows plans or SQL. Read {@link io.sabot.executor.task.Task} first, then {@link
 * io.sabot.executor.task.OperatorNode}. A task's methods run on its own thread except where they say otherwise.
 */
@NullMarked
package io.sabot.executor.task;

import org.jspecify.annotations.NullMarked;
