package io.sabot.executor.join;

import io.sabot.executor.state.KeyBatch;

/** What a lookup join has read of its table, by key. Reads what it needs; no state. */
interface LookupIndex extends AutoCloseable {
    /**
     * Looks for the rows of keys; then the other methods tell of them, until the next call.
     *
     * @param skipped keys that nobody asks for
     * @param now processing time
     * @param anew whether what was read before must not serve
     */
    void find(KeyBatch keys, boolean[] skipped, long now, boolean anew);

    /** The first row of a key that was looked for; {@link RowChains#NONE} when there is none. */
    int first(int key);

    /** The rows that were found, and perhaps others. */
    RowChains rows();

    @Override
    void close();
}
