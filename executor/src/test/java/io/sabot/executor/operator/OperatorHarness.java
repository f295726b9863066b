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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Runs one operator by hand: feeds it batches, watermarks, barriers and the end, and writes down what comes out in order, rows
 * as {@link BatchText} does, watermarks as {@code W 10}.
 *
 * <p>Before it is fed, the operator is opened as often as it allocates while it is opened, and each time another allocation
 * fails: what came before it must be freed.
 *
 * <p>It may stop at a barrier and go on from its checkpoint ({@link #restart()}), and, when told by which columns rows are
 * routed, do so at another parallelism.
 */
public final class OperatorHarness implements AutoCloseable, Output {
    private final OperatorOpener opener;
    private final BufferAllocator allocator;
    private final Schema output;
    private final int cut;
    private final RestartableState state = new RestartableState(1);
    private final List<Operator> operators = new ArrayList<>();
    private final List<Owned> owned = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, LongAdder> counters = new HashMap<>();
    private List<List<Integer>> keys = List.of();
    private List<Schema> schemas = List.of();
    private final Map<TimeDomain, Long> lastWatermarks = new EnumMap<>(TimeDomain.class);
    private long epoch;
    private int speaking;

    /** Feeds batches as they are. */
    public OperatorHarness(OperatorOpener opener, Schema output, BufferAllocator allocator) {
        this(opener, output, allocator, Integer.MAX_VALUE);
    }

    /** Feeds every batch in pieces of {@code cut} rows; output batches have at most {@code max(cut, 2)} rows then. */
    public OperatorHarness(OperatorOpener opener, Schema output, BufferAllocator allocator, int cut) {
        this.opener = opener;
        this.output = output;
        this.allocator = allocator;
        this.cut = cut;
        failOpening();
        open();
    }

    /** Lets each allocation of the opening fail in turn: what came before it is freed. */
    private void failOpening() {
        AtomicInteger left = new AtomicInteger();
        AllocationListener failing = new AllocationListener() {
            @Override
            public void onPreAllocation(long size) {
                if (left.decrementAndGet() == 0) {
                    throw new NoMemory();
                }
            }
        };
        int failed = 0;
        do {
            left.set(++failed);
        } while (openingFails(failing));
    }

    private boolean openingFails(AllocationListener failing) {
        try (RestartableState empty = new RestartableState(1);
                BufferAllocator memory = allocator.newChildAllocator("opening", failing, 0, Long.MAX_VALUE);
                Owned opened = new Owned()) {
            opener.open(new Context(0, empty, memory, opened));
            return false;
        } catch (NoMemory e) {
            return true;
        }
    }

    private static final class NoMemory extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void open() {
        for (int task = 0; task < state.parallelism(); task++) {
            owned.add(new Owned());
            operators.add(opener.open(new Context(task, state, allocator, owned.get(task))));
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
        closeOperators();
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
        closeOperators();
        state.close();
    }

    private void closeOperators() {
        operators.clear();
        owned.forEach(Owned::close);
        owned.clear();
    }

    private final class Context implements OperatorContext {
        private final int task;
        private final RestartableState tables;
        private final BufferAllocator memory;
        private final Owned owned;

        Context(int task, RestartableState tables, BufferAllocator memory, Owned owned) {
            this.task = task;
            this.tables = tables;
            this.memory = memory;
            this.owned = owned;
        }

        @Override
        public String operatorName() {
            return "tested";
        }

        @Override
        public BufferAllocator allocator() {
            return memory;
        }

        @Override
        public <T extends AutoCloseable> T own(T resource) {
            return owned.own(resource);
        }

        @Override
        public int batchRows() {
            return cut == Integer.MAX_VALUE ? Batch.DEFAULT_ROWS : Math.max(cut, 2);
        }

        @Override
        public StateStore state() {
            return tables.store(task);
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
            return tables.parallelism();
        }
    }
}
