package io.sabot.connectors.filesystem;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Files that their format writes as a whole, each with a writer of its own. */
final class BlockContent implements PartContent {
    private final FileFormat format;
    private final Schema schema;
    private final Options options;
    private final ConnectorContext context;
    private final Map<PartFile, FileFormat.Writer> writers = new HashMap<>();

    BlockContent(FileFormat format, Schema schema, Options options, ConnectorContext context) {
        this.format = format;
        this.schema = schema;
        this.options = options;
        this.context = context;
    }

    @Override
    public void begin(PartFile file) {
        try {
            writers.put(file, format.writer(file.stream(), schema, options, context));
        } catch (IOException e) {
            throw FileSink.unwritable(file.path(), e);
        }
    }

    private FileFormat.Writer writer(PartFile file) {
        FileFormat.Writer writer = writers.get(file);
        if (writer == null) {
            throw new AssertionError(file.name());
        }
        return writer;
    }

    @Override
    public void append(PartFile file, Batch batch) {
        try {
            writer(file).write(batch);
        } catch (IOException e) {
            throw FileSink.unwritable(file.path(), e);
        }
    }

    @Override
    public void finish(PartFile file) {
        try (FileFormat.Writer writer = writer(file)) {
            writers.remove(file);
            writer.finish();
        } catch (IOException e) {
            throw FileSink.unwritable(file.path(), e);
        }
    }

    @Override
    public void close() {
        writers.values().forEach(FileFormat.Writer::close);
        writers.clear();
    }
}
