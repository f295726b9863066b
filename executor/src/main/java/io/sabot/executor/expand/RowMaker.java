package io.sabot.executor.expand;

import io.sabot.executor.batch.Batch;
import org.apache.arrow.memory.BufferAllocator;

/** Makes rows of the rows of a batch. One thread uses it. */
public interface RowMaker extends AutoCloseable {
    /** The rows that are made; the caller closes them. The batch stays with its owner. */
    MadeRows make(Batch batch, BufferAllocator allocator);

    @Override
    void close();
}
