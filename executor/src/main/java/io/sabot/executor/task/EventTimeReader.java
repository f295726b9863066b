package io.sabot.executor.task;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;

/** Computes the time of each row and the watermark it proposes, both in milliseconds. One thread. */
public interface EventTimeReader extends AutoCloseable {
    /** Looks at a batch; what {@link #times} and {@link #proposals} give is valid until the next call. */
    void read(Batch batch);

    /** Times of the rows of the last batch. */
    Column times();

    /** Watermarks that the rows of the last batch propose. */
    Column proposals();

    @Override
    void close();
}
