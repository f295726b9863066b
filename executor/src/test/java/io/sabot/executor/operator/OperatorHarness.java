package io.sabot.executor.operator;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.state.HeapState;
import io.sabot.executor.state.StateStore;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs one operator by hand: feeds it batches, watermarks, barriers and the end, and writes down what comes out in order, rows
 * as {@link BatchText} does, watermarks as {@code W 10}.
 */
public final class OperatorHarness implements AutoCloseable, Output {
    private final Operator operator;
    private final BufferAllocator allocator;
    private final Schema output;
    private final HeapState state;
    private final int cut;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, LongAdder> counters = new HashMap<>();
    private long lastWatermark = Watermark.START;
    private long epoch;

    /** Feeds batches as they are. */
    public OperatorHarness(Operator operator, Schema output, BufferAllocator allocator) {
        this(operator, output, allocator, Integer.MAX_VALUE);
    }

    /** Feeds every batch in pieces of {@code cut} rows; output batches have at most {@code max(cut, 2)} rows then. */
    public OperatorHarness(Operator operator, Schema output, BufferAllocator allocator, int cut) {
        this.operator = operator;
        this.output = output;
        this.allocator = allocator;
        this.cut = cut;
        this.state = new HeapState();
        operator.open(new Context());
    }

    /** The state, to look into it. */
    public HeapState state() {
        return state;
    }

    /** A counter of the operator. */
    public long counter(String name) {
        return counters.containsKey(name) ? counters.get(name).sum() : 0;
    }

    /** Feeds rows written as text. */
    public OperatorHarness rows(int input, Schema schema, String table) {
        return batch(input, BatchText.parse(allocator, schema, table));
    }

    /** Feeds rows written as text, some of which may be late. */
    public OperatorHarness rows(int input, Schema schema, String table, long lateBefore) {
        return batch(input, BatchText.parse(allocator, schema, table, lateBefore));
    }

    /** Feeds a batch. */
    public OperatorHarness batch(int input, Batch batch) {
        if (batch.rowCount() <= cut) {
            operator.onBatch(input, batch, this);
            return this;
        }
        try (batch) {
            for (int from = 0; from < batch.rowCount(); from += cut) {
                int count = Math.min(cut, batch.rowCount() - from);
                int[] rows = new int[count];
                for (int i = 0; i < count; i++) {
                    rows[i] = from + i;
                }
                operator.onBatch(input, batch.take(new Selection(rows, count), allocator), this);
            }
        }
        return this;
    }

    /** Advances event time. */
    public OperatorHarness watermark(long millis) {
        operator.onWatermark(Watermark.event(millis), this);
        return this;
    }

    /** Advances processing time. */
    public OperatorHarness processingTime(long millis) {
        operator.onWatermark(Watermark.processing(millis), this);
        return this;
    }

    /** Ends an epoch. */
    public OperatorHarness barrier() {
        operator.onBarrier(new Barrier(++epoch, 0, false), this);
        return this;
    }

    /** Ends the input. */
    public OperatorHarness end() {
        operator.onWatermark(Watermark.event(Watermark.END), this);
        operator.onEnd(this);
        return this;
    }

    @Override
    public void emit(Batch batch) {
        try (batch) {
            lines.addAll(BatchText.rows(batch, output));
        }
    }

    @Override
    public void emit(Watermark watermark) {
        if (watermark.millis() < lastWatermark) {
            throw new AssertionError("watermark went back from " + lastWatermark + " to " + watermark.millis());
        }
        lastWatermark = watermark.millis();
        lines.add("W " + (watermark.millis() == Watermark.END ? "END" : watermark.millis()));
    }

    /** What came out since the last call, in order. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    /** The rows that came out since the last call, in order. */
    public List<String> takeRows() {
        return take().stream().filter(line -> !line.startsWith("W ")).toList();
    }

    @Override
    public void close() {
        operator.close();
        state.close();
    }

    private final class Context implements OperatorContext {
        @Override
        public String operatorName() {
            return "tested";
        }

        @Override
        public BufferAllocator allocator() {
            return allocator;
        }

        @Override
        public int batchRows() {
            return cut == Integer.MAX_VALUE ? Batch.DEFAULT_ROWS : Math.max(cut, 2);
        }

        @Override
        public StateStore state() {
            return state;
        }

        @Override
        public LongAdder counter(String name) {
            return counters.computeIfAbsent(name, n -> new LongAdder());
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
}
