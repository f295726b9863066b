package io.sabot.sqltests.random;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what it gets, epoch by epoch. */
final class Recorder implements Sink {
    private final Run run;
    private final Run.Recording recording;
    private final Schema schema;
    private final boolean keyed;

    private Recorder(Run run, Run.Recording recording, Schema schema, boolean keyed) {
        this.run = run;
        this.recording = recording;
        this.schema = schema;
        this.keyed = keyed;
    }

    /** Connector {@code recorder}. */
    public static final class Factory implements SinkFactory {
        private static final List<OptionSpec> OPTIONS = List.of(
                OptionSpec.required("run", OptionType.STRING, "Name of the run"),
                OptionSpec.defaulted(
                        "keyed", OptionType.BOOLEAN, "false", "Whether updates come without what was before"));

        @Override
        public ConnectorDescriptor descriptor() {
            return new ConnectorDescriptor(
                    "recorder",
                    "Keeps rows for a test",
                    false,
                    true,
                    ConnectorDescriptor.FormatUse.NONE,
                    false,
                    OPTIONS,
                    List.of());
        }

        @Override
        public Sink create(SinkSpec sink, ConnectorContext context) {
            Options options = new Options(sink.table().options(), OPTIONS);
            Run run = Run.named(options.text("run"));
            return new Recorder(run, run.recording(sink.table().name().name()), sink.schema(), options.bool("keyed"));
        }
    }

    @Override
    public boolean acceptsUpdates() {
        return true;
    }

    @Override
    public boolean wantsBeforeImages() {
        return !keyed;
    }

    @Override
    public SinkWriter writer(int taskIndex, ConnectorContext context) {
        recording.begin(taskIndex);
        return new Writer(taskIndex);
    }

    @Override
    public void close() {}

    private final class Writer implements SinkWriter {
        private final int index;

        Writer(int index) {
            this.index = index;
        }

        @Override
        public void write(Batch batch) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int c = 0; c < batch.columnCount(); c++) {
                    values.add(value(batch.column(c), row, schema.type(c).sql()));
                }
                recording.add(index, new Script.Change(batch.kind(row), values));
            }
        }

        @Override
        public void flush() {
            run.epochEnded(recording.endEpoch(index));
        }

        @Override
        public Optional<byte[]> prepare(long checkpoint) {
            return Optional.empty(); // the epoch has ended before
        }

        @Override
        public void close() {}
    }

    private static @Nullable Object value(Column column, int row, String type) {
        if (column.isNull(row)) {
            return null;
        }
        if (!type.startsWith("STRING")) {
            return column.getLong(row);
        }
        byte[] bytes = new byte[column.length(row)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Memory.getByte(column.start(row) + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
