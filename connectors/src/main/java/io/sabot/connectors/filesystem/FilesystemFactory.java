package io.sabot.connectors.filesystem;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.MetadataSpec;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SourceFactory;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Makes sources and sinks of files. */
public final class FilesystemFactory implements SourceFactory, SinkFactory {
    static final List<OptionSpec> OPTIONS = List.of(
            OptionSpec.required(
                    "path",
                    OptionType.STRING,
                    "A file or a directory, which is read with all directories inside; relative to the working directory,"
                            + " absolute, or a file: URI"),
            OptionSpec.required("format", OptionType.STRING, "Format of the files"),
            OptionSpec.optional(
                    "source.monitor-interval",
                    OptionType.DURATION,
                    "How often to look for new files; without it the files there at the start are read and the source ends"),
            OptionSpec.optional(
                    "source.path.regex-pattern",
                    OptionType.STRING,
                    "Regular expression that the whole path of a file must match to be read"),
            OptionSpec.defaulted(
                    "partition.default-name",
                    OptionType.STRING,
                    "__DEFAULT_PARTITION__",
                    "Directory name that stands for NULL or '' in a partition column"),
            OptionSpec.defaulted(
                    "sink.rolling-policy.file-size",
                    OptionType.MEMORY_SIZE,
                    "128MB",
                    "Size at which a file is closed and the next begun"),
            OptionSpec.optional("sink.parallelism", OptionType.INT, "Number of tasks that write"));

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "filesystem",
            "Files of the local disk: a single file or a directory; written files appear when a checkpoint commits",
            true,
            true,
            ConnectorDescriptor.FormatUse.VALUE,
            false,
            OPTIONS,
            List.of(
                    new MetadataSpec(
                            "file.path", AtomicType.STRING.withNullable(false), false, "Full path of the file"),
                    new MetadataSpec("file.name", AtomicType.STRING.withNullable(false), false, "Name of the file"),
                    new MetadataSpec("file.size", AtomicType.BIGINT.withNullable(false), false, "Bytes of the file"),
                    new MetadataSpec(
                            "file.modification-time",
                            AtomicType.timestampLtz(3).withNullable(false),
                            false,
                            "When the file was changed last")));

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source create(ScanSpec scan, ConnectorContext context) {
        return new FileSource(scan, options(scan.table()), context);
    }

    @Override
    public OptionalLong estimatedRows(Table table, Function<String, FormatFactory> formats, FileAccess files) {
        return new FileRows(table, formats).estimate(files);
    }

    @Override
    public Sink create(SinkSpec sink, ConnectorContext context) {
        return new FileSink(sink, options(sink.table()), context);
    }

    private static Options options(Table table) {
        return new Options(table.options(), OPTIONS);
    }

    /** The options of the table's format, the format's name taken off. */
    static Options formatOptions(Table table, FormatFactory format) {
        String prefix = format.descriptor().name() + ".";
        Options written = new Options(table.options(), List.of());
        return new Options(written.withPrefix(prefix), format.descriptor().options());
    }
}
