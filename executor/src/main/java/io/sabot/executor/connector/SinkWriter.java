package io.sabot.executor.connector;

import io.sabot.executor.batch.Batch;
import java.util.Optional;

/** Writes the rows of one sink task. One thread. */
public interface SinkWriter extends AutoCloseable {
    /** Writes rows; the batch stays with the caller, who closes it afterwards. */
    void write(Batch batch);

    /** No row at or before this time of the query's watermark comes any more, but for such as are late. */
    default void watermark(long millis) {}

    /** Whether the watermark stands still because nobody feeds this task, so that it must not hold others back. */
    default void idle(boolean idle) {}

    /** An epoch has ended: hands on what must not wait (flushes buffers of sinks that are not transactional). */
    default void flush() {}

    /**
     * A checkpoint: everything written so far is safe in the outside system but not yet visible, or will be sent again.
     *
     * @return what {@link Sink#commit} needs to publish it; kept in the checkpoint
     */
    default Optional<byte[]> prepare(long checkpoint) {
        flush();
        return Optional.empty();
    }

    @Override
    void close();
}
