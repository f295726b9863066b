package io.sabot.executor.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.state.StateStore;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.SqlSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;

/** How watermarks, idleness and ends go through operators of one task. */
final class OperatorNodeTest {
    /** Passes rows on and notes the watermarks that it is told. */
    private static final class Passing implements Operator {
        final List<Long> watermarks = new ArrayList<>();

        @Override
        public void onBatch(int input, Batch batch, Output output) {
            output.emit(batch);
        }

        @Override
        public void onWatermark(Watermark watermark, Output output) {
            watermarks.add(watermark.millis());
            output.emit(watermark);
        }
    }

    /** For operators that keep nothing. */
    private record Context(String operatorName) implements OperatorContext {
        @Override
        public BufferAllocator allocator() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends AutoCloseable> T own(T resource) {
            throw new UnsupportedOperationException();
        }

        @Override
        public StateStore state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int batchRows() {
            return Batch.DEFAULT_ROWS;
        }

        @Override
        public LongAdder counter(String name) {
            return new LongAdder();
        }

        @Override
        public int taskIndex() {
            return 0;
        }

        @Override
        public int parallelism() {
            return 1;
        }
    }

    private final Passing union = new Passing();
    private final Passing last = new Passing();
    private final OperatorNode first = node("first", new Passing(), 1);
    private final OperatorNode both = node("both", union, 2);
    private final OperatorNode end = node("end", last, 2);

    private static OperatorNode node(String name, Operator operator, int inputs) {
        OperatorNode node = new OperatorNode(context -> operator, new Context(name), new Owned(), inputs, SqlSpan.NONE);
        node.open();
        return node;
    }

    /** {@code first} feeds {@code both}, whose other input is fed by hand; the same for {@code end}. */
    private void connect() {
        first.connect(both, 0);
        both.connect(end, 0);
    }

    @Test
    void anInputThatEndsBesideAnIdleOneDoesNotEndTime() {
        connect();
        both.onWatermark(1, Watermark.event(5));
        both.setIdle(1, true);
        first.onWatermark(0, Watermark.event(10));
        first.onInputEnd(0);
        assertThat(union.watermarks).containsExactly(10L);
        both.onWatermark(1, Watermark.event(20));
        assertThat(union.watermarks).containsExactly(10L, 20L);
        both.onInputEnd(1);
        assertThat(union.watermarks).startsWith(10L, 20L, Watermark.END);
    }

    @Test
    void whatHasOnlyIdleInputsLeftIsIdle() {
        connect();
        both.setIdle(1, true);
        first.onWatermark(0, Watermark.event(10));
        end.onWatermark(1, Watermark.event(30));
        assertThat(last.watermarks).containsExactly(10L);
        first.onInputEnd(0);
        assertThat(last.watermarks).containsExactly(10L, 30L);
        both.onWatermark(1, Watermark.event(40));
        end.onWatermark(1, Watermark.event(50));
        assertThat(last.watermarks).containsExactly(10L, 30L, 40L);
    }
}
