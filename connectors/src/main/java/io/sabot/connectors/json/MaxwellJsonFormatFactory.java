package io.sabot.connectors.json;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import java.util.List;

/** Makes decoders and encoders of the changes that Maxwell captures. */
public final class MaxwellJsonFormatFactory implements FormatFactory {
    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "maxwell-json",
            "Changes of rows as Maxwell writes them in JSON",
            true,
            true,
            true,
            ChangeFormat.options(),
            MaxwellEnvelope.METADATA);

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        return ChangeFormat.decoder(new MaxwellEnvelope(), physical, columns, options, context);
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        return ChangeFormat.encoder(
                schema,
                options,
                ChangeEncoder.Frame.of("{\"data\":", ",\"type\":\"insert\"}"),
                ChangeEncoder.Frame.of("{\"data\":", ",\"type\":\"delete\"}"));
    }
}
