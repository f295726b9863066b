package io.sabot.executor.operator;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.time.Watermark;

/** Where an operator's rows go. Calls may block: that is all the back pressure an operator sees. */
public interface Output {
    /** Hands a batch on; owns it from here, also when it throws. Batches without rows are closed and go no further. */
    void emit(Batch batch);

    /** Hands a watermark on; never smaller than one before of the same domain. */
    void emit(Watermark watermark);
}
