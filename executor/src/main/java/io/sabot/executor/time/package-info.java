/**
 * Time and order in a stream: watermarks, barriers, clocks.
 *
 * <p>A watermark travels behind every row that may be earlier than it; a barrier ends an epoch. Nothing here keeps state of
 * a running job; who makes and merges watermarks is {@code executor.task}.
 */
@NullMarked
package io.sabot.executor.time;

import org.jspecify.annotations.NullMarked;
