package io.sabot.planner.plan;

import java.util.Optional;

/**
 * When a lookup join reads its table, and how long it keeps what it has read.
 *
 * @param reloadMillis after how long the table, which is kept whole, is read again; {@link #NEVER} when it stays good
 * @param cache what is kept of single keys, where the table is not kept whole
 * @param retry what becomes of rows for which the table has none
 */
public record LookupReading(long reloadMillis, Optional<Cache> cache, Optional<Retry> retry) {
    /** Says that what was read stays good, or that there is no bound. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Reads the whole table once. */
    public static LookupReading once() {
        return new LookupReading(NEVER, Optional.empty(), Optional.empty());
    }

    /**
     * Rows of single keys.
     *
     * @param afterWriteMillis how long a key stays behind its reading; {@link #NEVER} for ever
     * @param afterAccessMillis how long a key stays behind its last use
     * @param maxRows most rows; those of the keys not used for longest go
     * @param missingKeys whether keys without rows are kept too
     */
    public record Cache(long afterWriteMillis, long afterAccessMillis, long maxRows, boolean missingKeys) {}

    /**
     * Rows without a partner wait and look again.
     *
     * @param delayMillis how long they wait
     * @param attempts how often they look again
     * @param anew whether the table is read for that, as nobody said that what was read is kept
     */
    public record Retry(long delayMillis, int attempts, boolean anew) {}
}
