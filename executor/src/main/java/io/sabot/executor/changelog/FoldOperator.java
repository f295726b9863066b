package io.sabot.executor.changelog;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folds the changes of each epoch ({@link ChangelogFold}) and puts them out in front of its barrier, watermarks behind them.
 * An epoch with more than {@link #MAX_ROWS} different rows leaves in parts. No state: nothing is held across a barrier.
 */
public final class FoldOperator implements Operator {
    /** Different rows that are collected at most. */
    public static final int MAX_ROWS = 1 << 18;

    private final ChangelogFold fold;
    private @Nullable Watermark heldEvent;
    private @Nullable Watermark heldProcessing;

    /** @param upsertKey columns that identify a row; empty when nothing does */
    public FoldOperator(Schema schema, List<Integer> upsertKey, OperatorContext context) {
        this.fold = context.own(new ChangelogFold(schema, upsertKey, context.allocator(), context.batchRows()));
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            fold.add(batch);
        }
        if (fold.size() > MAX_ROWS) {
            fold.flush(output);
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == TimeDomain.EVENT) {
            heldEvent = watermark;
        } else {
            heldProcessing = watermark;
        }
        if (fold.size() == 0) {
            release(output);
        }
    }

    private void release(Output output) {
        Watermark event = heldEvent;
        Watermark processing = heldProcessing;
        heldEvent = null;
        heldProcessing = null;
        if (event != null) {
            output.emit(event);
        }
        if (processing != null) {
            output.emit(processing);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        fold.flush(output);
        release(output);
    }

    @Override
    public void onEnd(Output output) {
        fold.flush(output);
        release(output);
    }
}
