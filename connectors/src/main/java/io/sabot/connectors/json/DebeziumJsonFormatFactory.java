package io.sabot.connectors.json;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;

/** Makes decoders and encoders of the changes that Debezium captures. */
public final class DebeziumJsonFormatFactory implements FormatFactory {
    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "debezium-json",
            "Changes of rows as Debezium writes them in JSON: every message says what it does",
            true,
            true,
            true,
            ChangeFormat.options(OptionSpec.defaulted(
                    "schema-include",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether messages hold their schema, and the change under the name payload; to be read only")),
            DebeziumEnvelope.METADATA);

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        return ChangeFormat.decoder(
                new DebeziumEnvelope(options.bool("schema-include")), physical, columns, options, context);
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        if (options.bool("schema-include")) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "format 'debezium-json' does not write messages with a schema")
                    .hint("leave out 'debezium-json.schema-include' in the table that is written");
        }
        return ChangeFormat.encoder(
                schema,
                options,
                ChangeEncoder.Frame.of("{\"before\":null,\"after\":", ",\"op\":\"c\"}"),
                ChangeEncoder.Frame.of("{\"before\":", ",\"after\":null,\"op\":\"d\"}"));
    }
}
