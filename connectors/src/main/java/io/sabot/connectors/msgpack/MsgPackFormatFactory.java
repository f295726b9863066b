package io.sabot.connectors.msgpack;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.RowDecoder;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.RecordFramer;
import io.sabot.executor.connector.ScanFilter;
import java.util.List;

/** Makes decoders and encoders of MessagePack. */
public final class MsgPackFormatFactory implements FormatFactory {
    private static final String IGNORE = "ignore-parse-errors";

    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "msgpack",
            "MessagePack maps of columns by name, or arrays of them by position; in files one behind the other",
            true,
            true,
            false,
            List.of(OptionSpec.defaulted(
                    IGNORE, OptionType.BOOLEAN, "false", "Whether a record that cannot be read is skipped")),
            List.of());

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        return new RowDecoder(
                physical,
                columns,
                new MsgPackRowReader(physical, columns),
                options.bool(IGNORE),
                context.counter("records.skipped"));
    }

    @Override
    public RecordFramer framer(Options options) {
        return new MsgPackFramer();
    }

    @Override
    public byte[] separator() {
        return new byte[0];
    }

    @Override
    public String hintForBadRecords(String prefix) {
        return "option '" + prefix + "msgpack.ignore-parse-errors' = 'true' goes on without such records";
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        return new MsgPackEncoder(schema);
    }
}
