/**
 * OVER calls: values of a row made from rows near it in an order.
 *
 * <p>Where the order is that of time, rows leave when the watermark has passed them ({@link
 * io.sabot.executor.over.TimedOverOperator}) or as they come ({@link io.sabot.executor.over.ArrivalOverOperator}), and
 * {@link io.sabot.executor.over.OverState} holds what later rows need. Over input that ends everything is there at once:
 * {@link io.sabot.executor.over.OverAtEndOperator}. Places in an order are {@code executor.rank}'s. One thread calls
 * everything.
 */
@NullMarked
package io.sabot.executor.over;

import org.jspecify.annotations.NullMarked;
