package io.sabot.sqltests.failure;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.stream.ChangelogMode;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A real connector, of which one call fails. */
final class FaultyConnector {
    private FaultyConnector() {}

    static SourceFactory source(SourceFactory real, Faults faults) {
        return new SourceFactory() {
            @Override
            public ConnectorDescriptor descriptor() {
                return real.descriptor();
            }

            @Override
            public Source create(ScanSpec scan, ConnectorContext context) {
                return new FaultySource(real.create(scan, context), faults);
            }
        };
    }

    static SinkFactory sink(SinkFactory real, Faults faults) {
        return new SinkFactory() {
            @Override
            public ConnectorDescriptor descriptor() {
                return real.descriptor();
            }

            @Override
            public Sink create(SinkSpec sink, ConnectorContext context) {
                return new FaultySink(real.create(sink, context), faults);
            }
        };
    }

    private record FaultySource(Source real, Faults faults) implements Source {
        @Override
        public boolean bounded() {
            return real.bounded();
        }

        @Override
        public ChangelogMode changelog() {
            return real.changelog();
        }

        @Override
        public List<Split> discover(List<Split> known) {
            faults.before(Faults.Call.DISCOVER);
            return real.discover(known);
        }

        @Override
        public Duration discoveryInterval() {
            return real.discoveryInterval();
        }

        @Override
        public SplitReader reader(ConnectorContext context) {
            return new FaultyReader(real.reader(context), faults);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private record FaultyReader(SplitReader real, Faults faults) implements SplitReader {
        @Override
        public void add(List<Split> splits) {
            real.add(splits);
        }

        @Override
        public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
            faults.before(Faults.Call.POLL);
            return real.poll(watermarks, waitNanos);
        }

        @Override
        public String place(Split split, SplitPosition from, int row) {
            return real.place(split, from, row);
        }

        @Override
        public void wakeUp() {
            real.wakeUp();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private record FaultySink(Sink real, Faults faults) implements Sink {
        @Override
        public boolean acceptsUpdates() {
            return real.acceptsUpdates();
        }

        @Override
        public boolean wantsBeforeImages() {
            return real.wantsBeforeImages();
        }

        @Override
        public void open(List<byte[]> prepared) {
            real.open(prepared);
        }

        @Override
        public SinkWriter writer(int taskIndex, ConnectorContext context) {
            faults.before(Faults.Call.OPEN_WRITER);
            return new FaultyWriter(real.writer(taskIndex, context), faults);
        }

        @Override
        public void commit(long checkpoint, List<byte[]> prepared) {
            faults.before(Faults.Call.COMMIT);
            real.commit(checkpoint, prepared);
        }

        @Override
        public void abort() {
            real.abort();
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private record FaultyWriter(SinkWriter real, Faults faults) implements SinkWriter {
        @Override
        public void write(Batch batch) {
            faults.before(Faults.Call.WRITE);
            real.write(batch);
        }

        @Override
        public void flush() {
            faults.before(Faults.Call.FLUSH);
            real.flush();
        }

        @Override
        public Optional<byte[]> prepare(long checkpoint) {
            faults.before(Faults.Call.PREPARE);
            return real.prepare(checkpoint);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
