package io.sabot.executor.expression;

import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * What an expression may ask of its surroundings. The suppliers are called on the thread that evaluates, at most once for
 * each batch and call.
 *
 * @param zone time zone of the session, for TIMESTAMP_LTZ and texts of times
 * @param statementClock milliseconds since the epoch for NOW, CURRENT_TIMESTAMP and their kin: a constant in a plain
 *     SELECT, {@code batchClock} in a job
 * @param batchClock milliseconds since the epoch for CURRENT_ROW_TIMESTAMP and PROCTIME
 * @param watermark the operator's event-time watermark in milliseconds; {@code Long.MIN_VALUE} before the first
 */
public record EvaluationContext(
        ZoneId zone, LongSupplier statementClock, LongSupplier batchClock, LongSupplier watermark) {}
