package io.sabot.benchmarks.jmh;

import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.exchange.Cancellation;
import io.sabot.executor.exchange.Channel;
import io.sabot.executor.exchange.Element;
import io.sabot.executor.exchange.ExchangeWriter;
import io.sabot.executor.exchange.KeyGroupRouter;
import io.sabot.executor.exchange.Signal;
import java.util.ArrayList;
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

/** Spreading rows over the tasks that own their keys, and taking them out of the channels, by one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Bids.ROWS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExchangeBenchmark {
    /** Tasks behind the exchange. */
    @Param({"1", "2", "4"})
    public int tasks;

    private final List<Channel> channels = new ArrayList<>();
    private @Nullable BenchContext context;
    private @Nullable ExchangeWriter writer;
    private List<Batch> batches = List.of();

    /** Makes channels and rows. */
    @Setup
    public void open() {
        BenchContext opened = new BenchContext();
        context = opened;
        Cancellation cancellation = new Cancellation();
        for (int i = 0; i < tasks; i++) {
            channels.add(new Channel(8, new Signal(), cancellation));
        }
        KeyGroupRouter router = new KeyGroupRouter(
                opened.allocator(),
                List.of(AtomicType.BIGINT.withNullable(false)),
                new int[] {Bids.AUCTION},
                tasks,
                128);
        writer = new ExchangeWriter(channels, router, opened.allocator());
        batches = Bids.batches(1, 10_000, opened.allocator());
    }

    /** Frees memory. */
    @TearDown
    public void close() {
        batches.forEach(Batch::close);
        if (writer != null && context != null) {
            writer.close();
            context.close();
        }
    }

    /** A batch to its tasks. */
    @Benchmark
    public int exchange() {
        if (writer == null) {
            throw new IllegalStateException("not open");
        }
        writer.emit(batches.get(0).retain());
        int rows = 0;
        for (Channel channel : channels) {
            for (Element element = channel.poll(); element != null; element = channel.poll()) {
                if (element instanceof Element.Rows received) {
                    rows += received.batch().rowCount();
                    received.batch().close();
                }
            }
        }
        return rows;
    }
}
