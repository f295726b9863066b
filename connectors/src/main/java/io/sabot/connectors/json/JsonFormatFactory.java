package io.sabot.connectors.json;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import java.util.List;

/** Makes decoders and encoders of JSON. */
public final class JsonFormatFactory implements FormatFactory {
    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "json",
            "JSON objects, one per record or line; an array of objects is a row for each",
            true,
            true,
            false,
            JsonOptions.SPECS,
            List.of());

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        return decoder(physical, columns, filter, JsonOptions.of(options), context);
    }

    static RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, JsonOptions json, ConnectorContext context) {
        JacksonDecoder full = new JacksonDecoder(physical, columns, json, context.counter("records.skipped"));
        List<Wanted> trees = Wanted.trees(physical, columns);
        return json.validate() || trees.size() > 1 || !ProjectingDecoder.supports(trees.get(0))
                ? full
                : new ProjectingDecoder(full, trees.get(0), filter, json);
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        return new JsonEncoder(schema, JsonOptions.of(options));
    }
}
