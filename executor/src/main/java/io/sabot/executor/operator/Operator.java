package io.sabot.executor.operator;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;

/**
 * One step of a running query, made by an {@link OperatorOpener}. One thread calls it; it starts no thread and reads no clock.
 * What it holds is freed by its context ({@link OperatorContext#own}).
 *
 * <p>A changelog is read as a multiset with signs (see {@link io.sabot.executor.batch.RowKind}); an operator relies on
 * nothing else: not on pairs, adjacency or order of the halves of an update. Rows that an operator makes at a watermark
 * leave before that watermark.
 */
public interface Operator {
    /** Takes ownership of the batch: emits it, or closes it, before returning, also when it throws. */
    void onBatch(int input, Batch batch, Output output);

    /** The minimum over all inputs has advanced: emits what is now complete, then passes the watermark on. */
    default void onWatermark(Watermark watermark, Output output) {
        output.emit(watermark);
    }

    /**
     * All inputs stand at this barrier: emits what must not cross it and moves anything kept on the heap into state
     * tables. The task passes the barrier on and freezes the tables afterwards.
     */
    default void onBarrier(Barrier barrier, Output output) {}

    /** All inputs have ended (watermarks of {@link Watermark#END} have come before): emits what is left. */
    default void onEnd(Output output) {}

    /** Whether no further input can change what has been emitted: then the whole query may end. */
    default boolean isFull() {
        return false;
    }
}
