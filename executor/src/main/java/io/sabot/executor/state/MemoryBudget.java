package io.sabot.executor.state;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The off-heap bytes that all state tables of a process may hold together. Counts what is taken from the system: whole
 * slabs of frames, so a little more than what tables use. Safe for all threads.
 */
public final class MemoryBudget {
    private final long limitBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    /** A budget of this many bytes. */
    public MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** A budget that is never used up, for tests and tools. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE);
    }

    /** Bytes that may be held. */
    public long limitBytes() {
        return limitBytes;
    }

    /** Bytes held now. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /**
     * Takes bytes for a table.
     *
     * @throws SabotException 53200 naming the table, when they are not there; nothing is taken then
     */
    void reserve(long bytes, String table) {
        long now = usedBytes.addAndGet(bytes);
        if (now > limitBytes) {
            usedBytes.addAndGet(-bytes);
            throw SabotException.of(ErrorCode.OUT_OF_MEMORY, "state table '" + table + "' is out of memory")
                    .why("state holds " + (now - bytes) + " bytes, the budget is " + limitBytes + ", the table needs "
                            + bytes + " more")
                    .hint(
                            "raise the memory budget for state, or bound the state: by a window, a join on time, or a TTL");
        }
    }

    void release(long bytes) {
        long now = usedBytes.addAndGet(-bytes);
        assert now >= 0 : "more state memory released than taken";
    }
}
