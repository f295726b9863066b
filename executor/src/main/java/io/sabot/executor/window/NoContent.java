package io.sabot.executor.window;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;

/** For sessions of which only the bounds matter. */
final class NoContent implements SessionContent {
    @Override
    public void merge(KeyBatch keys, int key, long start, long sequence, long newStart, long newSequence) {}

    @Override
    public void add(
            Batch batch, KeyBatch keys, int from, int to, Stretches stretches, long[] starts, long[] sequences) {}

    @Override
    public void write(Fired fired, Output output) {}
}
