package io.sabot.connectors.arrow;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.FormatFactory;
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
}
