/**
 * Jobs in which the n-th call to the disk, a connector or the memory fails, for every n: what they write is there exactly
 * once in the end. Processes that are killed stand in {@code sqltests.crash}. Read
 * {@link io.sabot.sqltests.failure.EveryCallFailsTest} first.
 */
@NullMarked
package io.sabot.sqltests.failure;

import org.jspecify.annotations.NullMarked;
