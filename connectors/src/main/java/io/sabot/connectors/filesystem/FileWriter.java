package io.sabot.connectors.filesystem;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/** Writes the files of one task, one open file for each partition. Every checkpoint closes them. */
final class FileWriter implements SinkWriter {
    private final Path root;
    private final String filePrefix;
    private final String extension;
    private final long fileBytesMax;
    private final PartitionPaths partitions;
    private final PartContent content;
    private final ConnectorContext context;
    private final boolean overwrites;
    private final Map<String, PartFile> open = new LinkedHashMap<>();
    private final List<String> finished = new ArrayList<>();
    private boolean replaces;
    private int nextNumber;

    FileWriter(
            SinkSpec spec,
            Path root,
            String filePrefix,
            FormatFactory format,
            Options options,
            boolean replaces,
            ConnectorContext context) {
        this.root = root;
        this.filePrefix = filePrefix;
        this.extension = "." + format.descriptor().name();
        this.fileBytesMax = options.bytes("sink.rolling-policy.file-size");
        this.partitions = new PartitionPaths(spec, options.text("partition.default-name"));
        Schema written = spec.schema().select(partitions.writtenColumns());
        this.content = content(format, written, FilesystemFactory.formatOptions(spec.table(), format), context);
        this.context = context;
        this.overwrites = spec.overwrite();
        this.replaces = replaces;
        this.nextNumber = firstFreeNumber();
    }

    private static PartContent content(
            FormatFactory format, Schema written, Options options, ConnectorContext context) {
        return format.files()
                .<PartContent>map(files -> new BlockContent(files, written, options, context))
                .orElseGet(
                        () -> new PartContent.Records(format.encoder(written, options, context), format.separator()));
    }

    /** Numbers go on behind those of files that are there, so that a restarted job takes no name twice. */
    private int firstFreeNumber() {
        int number = 0;
        try {
            for (Path file : FileTree.files(root)) {
                String name = String.valueOf(file.getFileName());
                int at = name.indexOf(filePrefix);
                if (at == 0 || (at == 1 && name.startsWith("."))) {
                    String digits = name.substring(at + filePrefix.length()).replaceFirst("[^0-9].*", "");
                    number = Math.max(number, digits.isEmpty() ? 0 : Integer.parseInt(digits) + 1);
                }
            }
        } catch (IOException e) {
            throw FileSink.unwritable(root, e);
        }
        return number;
    }

    @Override
    public void write(Batch batch) {
        if (!partitions.isPartitioned()) {
            append("", batch);
            return;
        }
        for (Map.Entry<String, Selection> part : partitions.split(batch).entrySet()) {
            try (Batch rows = batch.take(part.getValue(), context.allocator());
                    Batch written = withoutPartitionColumns(rows)) {
                append(part.getKey(), written);
            }
        }
    }

    private Batch withoutPartitionColumns(Batch rows) {
        List<FieldVector> vectors = new ArrayList<>();
        for (int column : partitions.writtenColumns()) {
            vectors.add(rows.shareVector(column));
        }
        return new Batch(vectors, rows.rowCount(), rows.retainKinds(), rows.lateBefore());
    }

    private void append(String directory, Batch batch) {
        if (batch.rowCount() == 0) {
            return;
        }
        PartFile file = open.get(directory);
        if (file == null) {
            file = new PartFile(root, directory + filePrefix + nextNumber++ + extension, context.files());
            open.put(directory, file);
            content.begin(file);
        }
        content.append(file, batch);
        if (file.bytes() >= fileBytesMax) {
            finish(file);
            open.remove(directory);
        }
    }

    private void finish(PartFile file) {
        content.finish(file);
        file.finish();
        finished.add(file.name());
    }

    @Override
    public Optional<byte[]> prepare(long checkpoint) {
        open.values().forEach(this::finish);
        open.clear();
        if (finished.isEmpty() && !overwrites) {
            return Optional.empty();
        }
        byte[] prepared = new PreparedFiles(replaces, finished).encode();
        finished.clear();
        replaces = false;
        return Optional.of(prepared);
    }

    @Override
    public void close() {
        open.values().forEach(PartFile::close);
        open.clear();
        content.close();
    }
}
