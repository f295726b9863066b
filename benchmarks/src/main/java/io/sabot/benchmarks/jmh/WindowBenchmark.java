package io.sabot.benchmarks.jmh;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Output;
import io.sabot.executor.time.Watermark;
import io.sabot.executor.window.WindowAggregateOperator;
import io.sabot.executor.window.WindowAggregateSpec;
import io.sabot.executor.window.WindowColumn;
import io.sabot.executor.window.WindowTime;
import io.sabot.executor.window.Windows;
import java.time.ZoneOffset;
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

/** COUNT, SUM and MAX by key in tumbling and sliding windows, a watermark behind each batch; no exchange, no local phase. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(WindowBenchmark.BATCHES * Bids.ROWS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WindowBenchmark {
    static final int BATCHES = 64;

    /** Different keys. */
    @Param({"100", "10000"})
    public int keys;

    /** Windows of ten seconds; a slide that is shorter makes them overlap. */
    @Param({"10000", "2000"})
    public long slideMillis;

    private @Nullable BenchContext context;
    private List<Batch> batches = List.of();
    private long rowsOut;

    private final Output output = new Output() {
        @Override
        public void emit(Batch batch) {
            rowsOut += batch.rowCount();
            batch.close();
        }

        @Override
        public void emit(Watermark watermark) {
            rowsOut++;
        }
    };

    /** Makes rows. */
    @Setup
    public void open() {
        BenchContext opened = new BenchContext();
        context = opened;
        batches = Bids.batches(BATCHES, keys, opened.allocator());
    }

    /** Frees memory. */
    @TearDown
    public void close() {
        batches.forEach(Batch::close);
        if (context != null) {
            context.close();
        }
    }

    private WindowAggregateSpec spec() {
        AtomicType key = AtomicType.BIGINT.withNullable(false);
        AtomicType bound = AtomicType.timestamp(3).withNullable(false);
        return new WindowAggregateSpec(
                slideMillis == 10_000 ? Windows.tumble(10_000, 0) : Windows.hop(slideMillis, 10_000, 0),
                new WindowTime(WindowTime.Carries.ROW_TIME, Bids.TIME, TimeDomain.EVENT, ZoneOffset.UTC, 0),
                List.of(Bids.AUCTION),
                List.of(key),
                List.of(
                        AggregateSpec.of(AggregateFunction.COUNT, List.of(), List.of(), key),
                        AggregateSpec.of(
                                AggregateFunction.SUM,
                                List.of(Bids.PRICE),
                                List.of(AtomicType.BIGINT),
                                AtomicType.BIGINT),
                        AggregateSpec.of(
                                AggregateFunction.MAX,
                                List.of(Bids.PRICE),
                                List.of(AtomicType.BIGINT),
                                AtomicType.BIGINT)),
                List.of(WindowColumn.START, WindowColumn.END),
                false,
                Schema.of(
                        new Field("auction", key),
                        new Field("n", key),
                        new Field("total", AtomicType.BIGINT),
                        new Field("high", AtomicType.BIGINT),
                        new Field("window_start", bound),
                        new Field("window_end", bound)));
    }

    /** The life of an operator that reads two minutes of rows. */
    @Benchmark
    public long windowAggregate() {
        BenchContext opened = context;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        WindowAggregateOperator operator = new WindowAggregateOperator(spec(), false, opened);
        for (int i = 0; i < BATCHES; i++) {
            operator.onBatch(0, batches.get(i).retain(), output);
            operator.onWatermark(Watermark.event(Bids.FIRST_MILLIS + (i + 1L) * Bids.ROWS - 1), output);
        }
        operator.onEnd(output);
        opened.clearState();
        return rowsOut;
    }
}
