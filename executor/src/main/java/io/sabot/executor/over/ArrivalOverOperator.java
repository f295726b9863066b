package io.sabot.executor.over;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.time.Watermark;

/** OVER calls by processing time: rows leave as they come, each with what came before. */
public final class ArrivalOverOperator implements Operator {
    private final OverSpec spec;
    private final int timeColumn;
    private final KeyEncoder encoder;
    private final OverState state;

    /** @param timeColumn processing time, 8-byte milliseconds */
    public ArrivalOverOperator(OverSpec spec, int timeColumn, OperatorContext context) {
        this.spec = spec;
        this.timeColumn = timeColumn;
        this.encoder = context.own(new KeyEncoder(context.allocator(), spec.partitionTypes()));
        this.state = new OverState(spec, encoder.layout(), context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            KeyBatch keys = encoder.encode(batch, spec.partitionColumns());
            output.emit(state.compute(batch, keys, batch.column(timeColumn), false));
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == TimeDomain.PROCESSING) {
            state.expire(watermark.millis());
        }
        output.emit(watermark);
    }
}
