package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import java.util.function.Consumer;

/** Where a lookup join gets the rows of its table from. Called by the operator's thread. */
public interface LookupRows {
    /** Reads all rows that the table has now; each batch belongs to {@code taker}. */
    void read(Consumer<Batch> taker);
}
