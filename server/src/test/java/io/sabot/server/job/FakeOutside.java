package io.sabot.server.job;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SourceFactory;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.NodeInfo;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A source without rows and a sink, both of which fail when they are told to. */
final class FakeOutside implements SourceFactory, Source {
    private static final String SOURCE = "fake-source";
    private static final String SINK = "fake-sink";
    private static final Schema NUMBERS = Schema.of(new Field("n", AtomicType.BIGINT));

    /** Runs of which the build fails from now on. */
    volatile int refusals;

    /** Runs that have asked for their splits. */
    volatile int builds;

    /** Checkpoints that the sink has committed. */
    final Semaphore commits = new Semaphore(0);

    /** Released by a run that has failed and is being torn down. */
    final Semaphore tornDown = new Semaphore(0);

    /** Holds up the end of each run. */
    volatile CountDownLatch teardown = new CountDownLatch(0);

    private final Semaphore failures = new Semaphore(0);
    private volatile ErrorCode failure = ErrorCode.CONNECTION_LOST;

    /** Lets the present run, or the next, fail. */
    void fail(ErrorCode code) {
        failure = code;
        failures.release();
    }

    static Plan plan() {
        PlanNode scan = new PlanNode.SourceScan(
                info("scan"),
                table(SOURCE),
                List.of(new ScanColumn.Physical(List.of("n"), AtomicType.BIGINT)),
                Optional.empty(),
                List.of(),
                false,
                false);
        return new Plan(
                List.of(new PlanNode.TableSink(info("sink"), scan, table(SINK), List.of(), false, false)), false);
    }

    private static NodeInfo info(String name) {
        return new NodeInfo(
                name,
                NUMBERS,
                new StreamProperties(ChangelogMode.APPEND_ONLY, List.of(), List.of(), false, true),
                new SqlSpan(1, 1, 1, 10));
    }

    private static Table table(String connector) {
        return new Table(
                new ObjectName("c", "d", connector),
                TableKind.TABLE,
                List.of(new Column.Physical("n", AtomicType.BIGINT, "")),
                List.of(),
                Optional.empty(),
                List.of(),
                Map.of("connector", connector),
                "",
                false);
    }

    private static ConnectorDescriptor descriptor(String name, boolean source) {
        return new ConnectorDescriptor(
                name, "", source, !source, ConnectorDescriptor.FormatUse.NONE, false, List.of(), List.of());
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return descriptor(SOURCE, true);
    }

    @Override
    public Source create(ScanSpec scan, ConnectorContext context) {
        return this;
    }

    @Override
    public boolean bounded() {
        return false;
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND_ONLY;
    }

    @Override
    public synchronized List<Split> discover(List<Split> known) {
        builds++;
        if (refusals > 0) {
            refusals--;
            throw SabotException.of(ErrorCode.CONNECTION_FAILURE, "nobody listens");
        }
        return known.isEmpty() ? List.of(new Split("only", SplitPosition.at(0))) : List.of();
    }

    @Override
    public SplitReader reader(ConnectorContext context) {
        return new Reader();
    }

    @Override
    public void close() {
        tornDown.release();
        try {
            teardown.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Reader implements SplitReader {
        @Override
        public void add(List<Split> splits) {}

        @Override
        public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
            try {
                if (failures.tryAcquire(Math.min(waitNanos, TimeUnit.MILLISECONDS.toNanos(5)), TimeUnit.NANOSECONDS)) {
                    throw SabotException.of(failure, "told to fail");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }

    /** The sink's side. */
    SinkFactory sinks() {
        return new SinkFactory() {
            @Override
            public ConnectorDescriptor descriptor() {
                return FakeOutside.descriptor(SINK, false);
            }

            @Override
            public Sink create(SinkSpec sink, ConnectorContext context) {
                return new CountingSink();
            }
        };
    }

    private final class CountingSink implements Sink {
        @Override
        public boolean acceptsUpdates() {
            return false;
        }

        @Override
        public boolean wantsBeforeImages() {
            return false;
        }

        @Override
        public SinkWriter writer(int taskIndex, ConnectorContext context) {
            return new SinkWriter() {
                @Override
                public void write(Batch batch) {}

                @Override
                public void close() {}
            };
        }

        @Override
        public void commit(long checkpoint, List<byte[]> prepared) {
            commits.release();
        }

        @Override
        public void close() {}
    }
}
