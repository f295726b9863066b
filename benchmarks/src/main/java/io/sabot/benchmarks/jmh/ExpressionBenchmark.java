package io.sabot.benchmarks.jmh;

import io.sabot.executor.batch.Selection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.FieldVector;
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
import org.openjdk.jmh.infra.Blackhole;

/** Column kernels: filters, arithmetic, text, and expressions that only the generated loop knows. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Bids.ROWS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {
    /** A condition and its rows. */
    @State(Scope.Benchmark)
    public static class Filter {
        /** What stands behind WHERE. */
        @Param({
            "MOD(auction, 123) = 0",
            "auction * 908 > bidder AND (auction / 7 = 0 OR bidder < 500)",
            "price + 1 > 500",
            "channel || '' = 'channel-7'",
            "channel LIKE 'chan%7'",
            "auction + 0 IN (1, 2, 3, 5, 8, 13, 21)"
        })
        public String condition = "";

        private @Nullable Kernels kernels;

        /** Compiles. */
        @Setup
        public void open() {
            kernels = new Kernels("SELECT auction FROM bids WHERE " + condition);
        }

        private Kernels kernels() {
            return Objects.requireNonNull(kernels);
        }

        /** Frees memory. */
        @TearDown
        public void close() {
            kernels().close();
        }
    }

    /** An expression and its rows. */
    @State(Scope.Benchmark)
    public static class Projection {
        /** What stands behind SELECT. */
        @Param({
            "(auction * 908 + bidder) * 3 - auction / 7",
            "(price * 908 + price) * 3",
            "0.908 * auction",
            "rate * 2e0 + price",
            "amount * 1.19",
            "CASE WHEN auction > 50 THEN 1 WHEN auction > 10 THEN 2 ELSE 3 END",
            "EXTRACT(MONTH FROM ts)",
            "DATE_FORMAT(ts, 'yyyy-MM-dd')",
            "UPPER(channel)",
            "SUBSTRING(channel, 2, 3)",
            "channel || '-'",
            "CAST(auction AS STRING)",
            "INITCAP(channel)"
        })
        public String expression = "";

        private @Nullable Kernels kernels;

        /** Compiles. */
        @Setup
        public void open() {
            kernels = new Kernels("SELECT " + expression + " AS computed FROM bids");
        }

        private Kernels kernels() {
            return Objects.requireNonNull(kernels);
        }

        /** Frees memory. */
        @TearDown
        public void close() {
            kernels().close();
        }
    }

    /** Selects the rows for which a condition holds. */
    @Benchmark
    public Selection filter(Filter filter) {
        return filter.kernels().select();
    }

    /** Computes a column. */
    @Benchmark
    public void projection(Projection projection, Blackhole blackhole) {
        List<FieldVector> columns = projection.kernels().project();
        blackhole.consume(columns);
        columns.forEach(FieldVector::close);
    }
}
