package io.sabot.connectors.avro;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.RowDecoder;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes decoders and encoders of Avro records whose schemas are kept in a registry. */
public final class AvroConfluentFormatFactory implements FormatFactory {
    private static final String SUBJECT = "subject";

    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "avro-confluent",
            "Avro records behind the id that Confluent's schema registry gave their schema",
            true,
            true,
            false,
            List.of(
                    OptionSpec.required(
                            SchemaRegistry.URL,
                            OptionType.STRING,
                            "Where the registry is; several addresses between ','"),
                    OptionSpec.optional(
                            SUBJECT,
                            OptionType.STRING,
                            "Subject to register the schema of written records under; with Kafka the topic's name and"
                                    + " '-value' or '-key' unless given"),
                    OptionSpec.optional(SchemaRegistry.USER_INFO, OptionType.STRING, "user:password for the registry"),
                    OptionSpec.choice("basic-auth.credentials-source", "Accepted for Flink's sake", "USER_INFO"),
                    OptionSpec.optional(SchemaRegistry.TOKEN, OptionType.STRING, "Bearer token for the registry"),
                    OptionSpec.choice("bearer-auth.credentials-source", "Accepted for Flink's sake", "STATIC_TOKEN"),
                    AvroFormatFactory.LEGACY_TIMESTAMPS),
            List.of());

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        AvroSchemas.of(physical, AvroFormatFactory.legacyTimestamps(options)); // refuses what no schema can have
        return new RowDecoder(
                physical,
                columns,
                new RegistryRowReader(new SchemaRegistry(options), Wanted.trees(physical, columns)),
                false,
                context.counter("records.skipped"));
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        String subject = options.find(SUBJECT)
                .orElseThrow(
                        () -> SabotException.of(ErrorCode.INVALID_OPTION, "option 'avro-confluent.subject' is missing")
                                .why("the schema of written records is registered under it"));
        int id = new SchemaRegistry(options)
                .register(subject, AvroSchemas.of(schema, AvroFormatFactory.legacyTimestamps(options)));
        byte[] head = ByteBuffer.allocate(RegistryRowReader.HEAD_BYTES)
                .put((byte) 0)
                .putInt(id)
                .array();
        return new AvroEncoder(schema, head);
    }
}
