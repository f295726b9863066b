package io.sabot.connectors.avro;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.RowDecoder;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Optional;

/** Makes decoders and encoders of Avro records with the schema of their table, and of container files. */
public final class AvroFormatFactory implements FormatFactory {
    static final OptionSpec LEGACY_TIMESTAMPS = OptionSpec.defaulted(
            "timestamp_mapping.legacy",
            OptionType.BOOLEAN,
            "true",
            "Whether TIMESTAMP is written as Avro's timestamp, a point in time, as Flink did first; else as its local one");

    static final String CODEC = "codec";

    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "avro",
            "Avro: records with the schema of their table, in files Avro's containers, which name theirs",
            true,
            true,
            false,
            List.of(
                    OptionSpec.choice(
                            CODEC, "How blocks of written files are packed", "snappy", "null", "deflate", "zstandard"),
                    LEGACY_TIMESTAMPS),
            List.of());

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        try {
            AvroRowReader reader = new AvroRowReader(
                    AvroSchemas.of(physical, legacyTimestamps(options)), Wanted.trees(physical, columns));
            return new RowDecoder(physical, columns, reader, false, context.counter("records.skipped"));
        } catch (FieldProblem problem) {
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH, "column '" + problem.column() + "' cannot be read as Avro")
                    .why(String.valueOf(problem.getMessage()))
                    .causedBy(problem);
        }
    }

    static boolean legacyTimestamps(Options options) {
        return options.bool(LEGACY_TIMESTAMPS.key());
    }

    @Override
    public Optional<FileFormat> files() {
        return Optional.of(new AvroFiles());
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        AvroSchemas.of(schema, legacyTimestamps(options)); // refuses what has no schema
        return new AvroEncoder(schema, new byte[0]);
    }
}
