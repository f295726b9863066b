package io.sabot.executor.join;

import org.jspecify.annotations.Nullable;

/**
 * How long a lookup join keeps what it has read, in milliseconds of processing time.
 *
 * @param reloadMillis after how long the table, which is kept whole, is read again
 * @param keys what is kept of single keys; null when the table is kept whole
 * @param retry what becomes of rows without a partner; null when they are done
 */
public record LookupKeeping(
        long reloadMillis, @Nullable Keys keys, @Nullable Retry retry) {
    /** Says that what was read stays good, or that there is no bound. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Bounds of what is kept of single keys.
     *
     * @param afterWriteMillis how long a key stays behind its reading
     * @param afterAccessMillis how long a key stays behind its last use
     * @param maxRows most rows; a key without rows counts as one
     * @param missing whether keys without rows are kept too
     */
    public record Keys(long afterWriteMillis, long afterAccessMillis, long maxRows, boolean missing) {}

    /**
     * Rows without a partner wait and look again.
     *
     * @param delayMillis how long they wait
     * @param attempts how often they look again
     * @param anew whether the table is read for that
     */
    public record Retry(long delayMillis, int attempts, boolean anew) {}
}
