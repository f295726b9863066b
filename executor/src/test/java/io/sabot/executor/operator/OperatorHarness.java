package io.sabot.executor.operator;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RestartableState;
import io.sabot.executor.state.StateStore;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs one operator by hand: feeds it batches, watermarks, barriers and the end, and writes down what comes out in order, rows
 * as {@link BatchText} does, watermarks as {@code W 10}.
 *
 * <p>It may stop at a barrier and go on from its checkpoint ({@link #restart()}), and, when told by which columns rows are
 * routed, do so at another parallelism.
 */
public final class OperatorHarness implements AutoCloseable, Output {
    private final Supplier<Operator> factory;
    private final BufferAllocator allocator;
    private final Schema output;
    private final int cut;
    private final RestartableState state = new RestartableState(1);
    private final List<Operator> operators = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, LongAdder> counters = new HashMap<>();
    private List<List<Integer>> keys = List.of();
    private List<Schema> schemas = List.of();
    private final Map<TimeDomain, Long> lastWatermarks = new EnumMap<>(TimeDomain.class);
    private long epoch;
    private int speaking;

    /** Feeds batches as they are. */
    public OperatorHarness(Supplier<Operator> factory, Schema output, BufferAllocator allocator) {
        this(factory, output, allocator, Integer.MAX_VALUE);
    }

    /** Feeds every batch in pieces of {@code cut} rows; output batches have at most {@code max(cut, 2)} rows then. */
    public OperatorHarness(Supplier<Operator> factory, Schema output, BufferAllocator allocator, int cut) {
        this.factory = factory;
        this.output = output;
        this.allocator = allocator;
        this.cut = cut;
        open();
    }

    private void open() {
        for (int task = 0; task < state.parallelism(); task++) {
            Operator operator = factory.get();
            operators.add(operator);
            operator.open(new Context(task));
        }
    }

    /** Routes rows of each input by these columns, so that several tasks may run. */
    public OperatorHarness routed(List<Schema> inputs, List<List<Integer>> keyColumns) {
        schemas = inputs;
        keys = keyColumns;
        return this;
    }

    /** The state, to look into it. */
    public RestartableState state() {
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
            route(input, batch);
            return this;
        }
        try (batch) {
            for (int from = 0; from < batch.rowCount(); from += cut) {
                int count = Math.min(cut, batch.rowCount() - from);
                int[] rows = new int[count];
                for (int i = 0; i < count; i++) {
                    rows[i] = from + i;
                }
                route(input, batch.take(new Selection(rows, count), allocator));
            }
        }
        return this;
    }

    private void route(int input, Batch batch) {
        if (operators.size() == 1) {
            operators.get(0).onBatch(input, batch, this);
            return;
        }
        int[] columns = keys.get(input).stream().mapToInt(Integer::intValue).toArray();
        Schema schema = schemas.get(input);
        try (batch;
                KeyEncoder encoder = new KeyEncoder(
                        allocator, Arrays.stream(columns).mapToObj(schema::type).toList())) {
            KeyBatch hashed = encoder.encode(batch, columns);
            for (int task = 0; task < operators.size(); task++) {
                int[] rows = new int[batch.rowCount()];
                int count = 0;
                for (int row = 0; row < batch.rowCount(); row++) {
                    if (state.taskOf(hashed.hash(row)) == task) {
                        rows[count++] = row;
                    }
                }
                if (count > 0) {
                    operators.get(task).onBatch(input, batch.take(new Selection(rows, count), allocator), this);
                }
            }
        }
    }

    /** Calls each task; what it says is in its name. */
    private OperatorHarness all(Consumer<Operator> call) {
        for (speaking = 0; speaking < operators.size(); speaking++) {
            call.accept(operators.get(speaking));
        }
        speaking = 0;
        return this;
    }

    /** Advances event time. */
    public OperatorHarness watermark(long millis) {
        return all(operator -> operator.onWatermark(Watermark.event(millis), this));
    }

    /** Advances processing time. */
    public OperatorHarness processingTime(long millis) {
        return all(operator -> operator.onWatermark(Watermark.processing(millis), this));
    }

    /** Ends an epoch. */
    public OperatorHarness barrier() {
        epoch++;
        return all(operator -> operator.onBarrier(new Barrier(epoch, 0, false), this));
    }

    /** Stops at a barrier with a checkpoint and goes on from it. */
    public OperatorHarness restart() {
        return restart(operators.size());
    }

    /** Stops at a barrier with a checkpoint and goes on from it in so many tasks. */
    public OperatorHarness restart(int parallelism) {
        if (parallelism > 1 && keys.isEmpty()) {
            throw new IllegalStateException("rows of several tasks must be routed");
        }
        barrier();
        operators.forEach(Operator::close);
        operators.clear();
        state.restart(parallelism);
        open();
        return this;
    }

    /** Ends the input. */
    public OperatorHarness end() {
        watermark(Watermark.END);
        return all(operator -> operator.onEnd(this));
    }

    @Override
    public void emit(Batch batch) {
        try (batch) {
            lines.addAll(BatchText.rows(batch, output));
        }
    }

    /** Watermarks of the first task are written down; all tasks say the same ones. */
    @Override
    public void emit(Watermark watermark) {
        if (speaking > 0) {
            return;
        }
        Long before = lastWatermarks.put(watermark.domain(), watermark.millis());
        if (before != null && watermark.millis() < before) {
            throw new AssertionError("watermark went back from " + before + " to " + watermark.millis());
        }
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
        operators.forEach(Operator::close);
        state.close();
    }

    private final class Context implements OperatorContext {
        private final int task;

        Context(int task) {
            this.task = task;
        }

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
            return state.store(task);
        }

        @Override
        public LongAdder counter(String name) {
            return counters.computeIfAbsent(name, n -> new LongAdder());
        }

        @Override
        public int taskIndex() {
            return task;
        }

        @Override
        public int parallelism() {
            return state.parallelism();
        }
    }
}
