package io.sabot.connectors.print;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints {@code IDENTIFIER:TASK> +I[1, a]}; the task only where there are several. */
final class PrintSink implements Sink {
    private final Schema schema;
    private final String identifier;
    private final boolean standardError;

    PrintSink(Schema schema, String identifier, boolean standardError) {
        this.schema = schema;
        this.identifier = identifier;
        this.standardError = standardError;
    }

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
        String task = context.parallelism() > 1 ? Integer.toString(taskIndex + 1) : "";
        String separator = identifier.isEmpty() || task.isEmpty() ? "" : ":";
        String prefix = identifier + separator + task;
        return new Writer(
                prefix.isEmpty() ? "" : prefix + "> ", new RowText(schema), standardError ? System.err : System.out);
    }

    @Override
    public void close() {}

    private static final class Writer implements SinkWriter {
        private final String prefix;
        private final RowText text;
        private final PrintStream stream;
        private final StringBuilder lines = new StringBuilder();

        Writer(String prefix, RowText text, PrintStream stream) {
            this.prefix = prefix;
            this.text = text;
            this.stream = stream;
        }

        @Override
        public void write(Batch batch) {
            lines.setLength(0);
            for (int row = 0; row < batch.rowCount(); row++) {
                lines.append(prefix);
                text.append(batch, row, lines);
                lines.append('\n');
            }
            byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            // One call per batch, so that lines of several tasks do not mix
            stream.write(bytes, 0, bytes.length);
        }

        @Override
        public void flush() {
            stream.flush();
        }

        @Override
        public void close() {
            stream.flush();
        }
    }
}
