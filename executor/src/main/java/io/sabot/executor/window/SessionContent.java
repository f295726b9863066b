package io.sabot.executor.window;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;

/**
 * What is kept of the rows of sessions until they leave. A session is named by its key, its start and a sequence, see {@link
 * SessionState}.
 */
interface SessionContent {
    /** Gives what a session of a key holds to another one of that key. */
    void merge(KeyBatch keys, int key, long start, long sequence, long newStart, long newSequence);

    /**
     * Adds rows {@code from} to {@code to - 1} of a batch.
     *
     * @param keys of all rows of the batch
     * @param stretches which rows belong together
     * @param starts by stretch: the start of its session
     * @param sequences by stretch: the sequence of its session
     */
    void add(Batch batch, KeyBatch keys, int from, int to, Stretches stretches, long[] starts, long[] sequences);

    /** Puts sessions out that are over, and forgets them. */
    void write(Fired fired, Output output);

    /** Sessions that are over: session {@code i} is of key {@code keyOf[i]} among {@code keys}. */
    record Fired(KeyBatch keys, int[] keyOf, long[] starts, long[] ends, long[] sequences, int count) {}
}
