package io.sabot.connectors.arrow;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import java.util.List;
import java.util.Optional;

/** Makes readers and writers of Arrow's IPC files. */
public final class ArrowFormatFactory implements FormatFactory {
    static final String LAYOUT = "layout";

    private static final FormatDescriptor DESCRIPTOR = FormatDescriptor.ofFiles(
            "arrow",
            "Files of Apache Arrow's IPC, columns by name; both layouts are read",
            List.of(OptionSpec.choice(LAYOUT, "Layout of written files", "file", "stream")));

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Optional<FileFormat> files() {
        return Optional.of(new ArrowFiles());
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        throw onlyFiles();
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        throw onlyFiles();
    }
}
