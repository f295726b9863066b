package io.sabot.executor.over;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.time.Watermark;
import org.jspecify.annotations.Nullable;

/** OVER calls by processing time: rows leave as they come, each with what came before. */
public final class ArrivalOverOperator implements Operator {
    private final OverSpec spec;
    private final int timeColumn;
    private @Nullable Open open;

    private record Open(KeyEncoder encoder, OverState state) {}

    /** @param timeColumn processing time, 8-byte milliseconds */
    public ArrivalOverOperator(OverSpec spec, int timeColumn) {
        this.spec = spec;
        this.timeColumn = timeColumn;
    }

    @Override
    public void open(OperatorContext context) {
        KeyEncoder encoder = new KeyEncoder(context.allocator(), spec.partitionTypes());
        open = new Open(encoder, new OverState(spec, encoder.layout(), context));
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            Open opened = opened();
            KeyBatch keys = opened.encoder.encode(batch, spec.partitionColumns());
            output.emit(opened.state.compute(batch, keys, batch.column(timeColumn), false));
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == TimeDomain.PROCESSING) {
            opened().state.expire(watermark.millis());
        }
        output.emit(watermark);
    }

    @Override
    public void close() {
        Open opened = open;
        if (opened != null) {
            open = null;
            opened.encoder.close();
            opened.state.close();
        }
    }
}
