package io.sabot.executor.job;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that notes what it is asked for, in order. */
final class RecordingSink implements SinkFactory, Sink {
    static final String NAME = "recording";

    final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                NAME, "", false, true, ConnectorDescriptor.FormatUse.NONE, false, List.of(), List.of());
    }

    @Override
    public Sink create(SinkSpec sink, ConnectorContext context) {
        return this;
    }

    @Override
    public boolean acceptsUpdates() {
        return false;
    }

    @Override
    public boolean wantsBeforeImages() {
        return false;
    }

    @Override
    public void open(List<byte[]> prepared) {
        calls.add("open " + prepared.size());
    }

    @Override
    public SinkWriter writer(int taskIndex, ConnectorContext context) {
        calls.add("writer");
        return new SinkWriter() {
            @Override
            public void write(Batch batch) {
                calls.add("write " + batch.rowCount());
            }

            @Override
            public void close() {
                calls.add("writer closed");
            }
        };
    }

    @Override
    public void abort() {
        calls.add("abort");
    }

    @Override
    public void close() {
        calls.add("closed");
    }
}
