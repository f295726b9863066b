/**
 * What lies between two tasks: bounded single-producer single-consumer channels, and the writer that spreads the rows of
 * one task over the channels to the next ones by key group.
 *
 * <pre>
 *   task A0 ──┬─▶ channel ─▶ task B0      one channel per pair of tasks; whole batches are handed over,
 *             └─▶ channel ─▶ task B1      rows are copied only where keys split a batch
 *   task A1 ──┬─▶ …
 * </pre>
 *
 * Everything a task hands on travels as an {@link io.sabot.executor.exchange.Element}, in order. A full channel blocks its
 * producer: the only back pressure there is. Who aligns barriers and merges watermarks is {@code executor.task}.
 */
@NullMarked
package io.sabot.executor.exchange;

import org.jspecify.annotations.NullMarked;
