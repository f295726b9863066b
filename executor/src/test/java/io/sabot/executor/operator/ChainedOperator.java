package io.sabot.executor.operator;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;

/** Two operators one behind the other, as a task chains them. */
public final class ChainedOperator implements Operator {
    private final Operator first;
    private final Operator second;

    public ChainedOperator(OperatorOpener first, OperatorOpener second, OperatorContext context) {
        this.first = first.open(context);
        this.second = second.open(context);
    }

    private Output into(Output output) {
        return new Output() {
            @Override
            public void emit(Batch batch) {
                second.onBatch(0, batch, output);
            }

            @Override
            public void emit(Watermark watermark) {
                second.onWatermark(watermark, output);
            }
        };
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        first.onBatch(input, batch, into(output));
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        first.onWatermark(watermark, into(output));
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        first.onBarrier(barrier, into(output));
        second.onBarrier(barrier, output);
    }

    @Override
    public void onEnd(Output output) {
        first.onEnd(into(output));
        second.onEnd(output);
    }
}
