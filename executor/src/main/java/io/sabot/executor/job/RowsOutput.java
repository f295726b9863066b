package io.sabot.executor.job;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Output;
import io.sabot.executor.time.Watermark;
import java.util.function.Consumer;

/** Takes rows where nothing but rows can come. */
final class RowsOutput implements Output {
    private final Consumer<Batch> rows;

    private RowsOutput(Consumer<Batch> rows) {
        this.rows = rows;
    }

    /** Hands every batch to the consumer, which owns it. */
    static Output to(Consumer<Batch> rows) {
        return new RowsOutput(rows);
    }

    @Override
    public void emit(Batch batch) {
        rows.accept(batch);
    }

    @Override
    public void emit(Watermark watermark) {
        throw new AssertionError("a fold of changes has no watermarks");
    }
}
