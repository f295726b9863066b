package io.sabot.benchmarks.jmh;

import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The page store: updates of records by random keys, and rows that come and go in order of time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Bids.ROWS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StateBenchmark {
    private static final int BATCHES = 64;
    private static final int ROW_BYTES = 32;

    /** Different keys. */
    @Param({"1000", "100000", "1000000"})
    public int keys;

    private final int[] keyColumns = {Bids.AUCTION};
    private final long[] addresses = new long[Bids.ROWS];
    private @Nullable BenchContext context;
    private @Nullable KeyEncoder encoder;
    private @Nullable RecordTable records;
    private @Nullable OrderedTable ordered;
    private List<Batch> batches = List.of();
    private long scratch;
    private long sequence;
    private int next;

    /** Makes tables and keys. */
    @Setup
    public void open() {
        BenchContext opened = new BenchContext();
        context = opened;
        KeyEncoder keyEncoder = new KeyEncoder(opened.allocator(), List.of(AtomicType.BIGINT.withNullable(false)));
        encoder = keyEncoder;
        records = opened.state().recordTable("records", RecordSpec.of(keyEncoder.layout(), 24, StateBound.KEYS));
        ordered = opened.state().orderedTable("ordered", new OrderedSpec(keyEncoder.layout(), 8, StateBound.NOTHING));
        batches = Bids.batches(BATCHES, keys, opened.allocator());
        scratch = Memory.allocate(64);
    }

    /** Frees memory. */
    @TearDown
    public void close() {
        batches.forEach(Batch::close);
        if (encoder != null && context != null) {
            encoder.close();
            context.close();
        }
        Memory.free(scratch);
    }

    private KeyBatch nextKeys() {
        if (encoder == null) {
            throw new IllegalStateException("not open");
        }
        next = (next + 1) % BATCHES;
        return encoder.encode(batches.get(next), keyColumns);
    }

    /** Encodes keys and updates two counters in the record of each. */
    @Benchmark
    public long recordTable() {
        KeyBatch found = nextKeys();
        if (records == null) {
            throw new IllegalStateException("not open");
        }
        records.resolve(found, addresses);
        for (int i = 0; i < Bids.ROWS; i++) {
            long record = addresses[i];
            Memory.putLong(record, Memory.getLong(record) + 1);
            Memory.putLong(record + 8, Memory.getLong(record + 8) + i);
        }
        return records.size();
    }

    /** Inserts rows by key and time, and takes them out again. */
    @Benchmark
    public long orderedTable() {
        KeyBatch found = nextKeys();
        OrderedTable table = ordered;
        if (table == null) {
            throw new IllegalStateException("not open");
        }
        long first = sequence;
        for (int i = 0; i < Bids.ROWS; i++) {
            SortKeys.putLong(scratch, sequence);
            Memory.putLong(table.resolve(found, i, scratch, 8, 0, scratch, ROW_BYTES), sequence++);
        }
        for (int i = 0; i < Bids.ROWS; i++) {
            SortKeys.putLong(scratch, first + i);
            table.remove(found, i, scratch, 8, 0);
        }
        return table.size();
    }
}
