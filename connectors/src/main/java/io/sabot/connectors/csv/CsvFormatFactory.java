package io.sabot.connectors.csv;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.RecordFramer;
import io.sabot.executor.connector.ScanFilter;
import java.util.List;

/** Makes decoders and encoders of CSV. */
public final class CsvFormatFactory implements FormatFactory {
    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "csv",
            "Fields between commas or another delimiter, columns by position, without a header",
            true,
            true,
            false,
            CsvOptions.SPECS,
            List.of());

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        return new CsvDecoder(physical, columns, CsvOptions.of(options), context);
    }

    @Override
    public RecordFramer framer(Options options) {
        return new CsvFramer(CsvOptions.of(options));
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        return new CsvEncoder(schema, CsvOptions.of(options));
    }
}
