package io.sabot.executor.operator;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.state.ExpiringState;
import io.sabot.executor.state.StateStore;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.apache.arrow.memory.BufferAllocator;

/**
 * An operator whose state goes when it has not been written for a time, by the clock that comes as watermarks of processing
 * time. What the operator has put out stays as it is. Its tables say that they forget ({@code forgets()}), so that it drops
 * a row that is taken back and is not there any more. Counters {@code expired_records}, {@code dropped_retractions}.
 */
public final class ExpiringOperator implements Operator {
    private final Operator operator;
    private final ExpiringState state;

    /** @param keptMillis by name of a state table: for how long; 0 for ever */
    public ExpiringOperator(OperatorOpener operator, ToLongFunction<String> keptMillis, OperatorContext context) {
        this.state =
                new ExpiringState(context.state(), keptMillis, context.allocator(), context.counter("expired_records"));
        this.operator = operator.open(new Context(context, state));
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        operator.onBatch(input, batch, output);
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        boolean ticks = watermark.domain() == TimeDomain.PROCESSING && watermark.millis() != Watermark.END;
        if (ticks) {
            state.advance(watermark.millis());
        }
        operator.onWatermark(watermark, output);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        operator.onBarrier(barrier, output);
    }

    @Override
    public void onEnd(Output output) {
        operator.onEnd(output);
    }

    @Override
    public boolean isFull() {
        return operator.isFull();
    }

    private record Context(OperatorContext context, StateStore state) implements OperatorContext {
        @Override
        public String operatorName() {
            return context.operatorName();
        }

        @Override
        public BufferAllocator allocator() {
            return context.allocator();
        }

        @Override
        public <T extends AutoCloseable> T own(T resource) {
            return context.own(resource);
        }

        @Override
        public int batchRows() {
            return context.batchRows();
        }

        @Override
        public LongAdder counter(String name) {
            return context.counter(name);
        }

        @Override
        public int taskIndex() {
            return context.taskIndex();
        }

        @Override
        public int parallelism() {
            return context.parallelism();
        }
    }
}
