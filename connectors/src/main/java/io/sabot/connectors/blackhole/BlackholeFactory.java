package io.sabot.connectors.blackhole;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Makes sinks that only count, in counter {@code rows.swallowed}. */
public final class BlackholeFactory implements SinkFactory {
    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "blackhole",
            "Takes any rows, counts and forgets them",
            false,
            true,
            ConnectorDescriptor.FormatUse.NONE,
            false,
            List.of(),
            List.of());

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Sink create(SinkSpec sink, ConnectorContext context) {
        return new Blackhole();
    }

    private static final class Blackhole implements Sink {
        @Override
        public boolean acceptsUpdates() {
            return true;
        }

        @Override
        public boolean wantsBeforeImages() {
            return true;
        }

        @Override
        public SinkWriter writer(int taskIndex, ConnectorContext context) {
            return new Counter(context.counter("rows.swallowed"));
        }

        @Override
        public void close() {}
    }

    private record Counter(LongAdder rows) implements SinkWriter {
        @Override
        public void write(Batch batch) {
            rows.add(batch.rowCount());
        }

        @Override
        public void close() {}
    }
}
