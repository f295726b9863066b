package io.sabot.connectors.parquet;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.FormatFactory;
import java.util.List;
import java.util.Optional;

/** Makes readers and writers of Parquet files. */
public final class ParquetFormatFactory implements FormatFactory {
    static final String COMPRESSION = "compression";
    static final String BLOCK_SIZE = "block.size";
    static final String PAGE_SIZE = "page.size";

    private static final FormatDescriptor DESCRIPTOR = FormatDescriptor.ofFiles(
            "parquet",
            "Parquet files, columns by name; times are in UTC",
            List.of(
                    OptionSpec.choice(
                            COMPRESSION,
                            "How pages of written files are packed",
                            "SNAPPY",
                            "UNCOMPRESSED",
                            "GZIP",
                            "ZSTD"),
                    OptionSpec.defaulted(BLOCK_SIZE, OptionType.MEMORY_SIZE, "134217728", "Bytes of a row group"),
                    OptionSpec.defaulted(PAGE_SIZE, OptionType.MEMORY_SIZE, "1048576", "Bytes of a page"),
                    OptionSpec.choice("utc-timezone", "Accepted for Flink's sake; no other zone is supported", "true"),
                    OptionSpec.choice(
                            "write.int64.timestamp",
                            "Accepted for Flink's sake: timestamps are written as INT64 always; INT96 is read",
                            "true")));

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Optional<FileFormat> files() {
        return Optional.of(new ParquetFiles());
    }
}
