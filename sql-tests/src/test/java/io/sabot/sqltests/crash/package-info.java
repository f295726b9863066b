/**
 * Processes that are killed while they keep materialized views. Jobs on Kafka have theirs in {@code sqltests.kafka}. Read
 * {@link io.sabot.sqltests.crash.ViewCrashTest} first.
 */
@NullMarked
package io.sabot.sqltests.crash;

import org.jspecify.annotations.NullMarked;
