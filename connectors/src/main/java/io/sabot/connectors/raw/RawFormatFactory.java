package io.sabot.connectors.raw;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.RowDecoder;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.LineFramer;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.RecordFramer;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.charset.Charset;
import java.util.List;

/** Makes decoders and encoders of records that are one value as it is. */
public final class RawFormatFactory implements FormatFactory {
    private static final String CHARSET = "charset";
    private static final String ENDIANNESS = "endianness";
    private static final String BIG_ENDIAN = "big-endian";

    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "raw",
            "The record is the value of the table's only column; in files each line is one",
            true,
            true,
            false,
            List.of(
                    OptionSpec.defaulted(CHARSET, OptionType.STRING, "UTF-8", "How texts are encoded"),
                    OptionSpec.choice(ENDIANNESS, "Order of the bytes of numbers", BIG_ENDIAN, "little-endian")),
            List.of());

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        RawValue value = value(physical, options);
        return new RowDecoder(physical, columns, value::read, false, context.counter("records.skipped"));
    }

    /** Every line is a record, also an empty one. */
    @Override
    public RecordFramer framer(Options options) {
        return new LineFramer(true);
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        return new RawEncoder(value(schema, options));
    }

    private static RawValue value(Schema schema, Options options) {
        if (schema.size() != 1) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, "format 'raw' holds one column")
                    .why("the table has "
                            + (schema.size() == 0
                                    ? "none"
                                    : String.join(
                                            ", ",
                                            schema.fields().stream()
                                                    .map(Field::name)
                                                    .toList())));
        }
        DataType type = schema.type(0);
        if (!(type instanceof AtomicType atomic) || !RawValue.supports(atomic.kind())) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "format 'raw' cannot hold a value of type " + type.name())
                    .hint("declare column '" + schema.name(0)
                            + "' as BYTES or STRING, or as a whole number, FLOAT, DOUBLE" + " or BOOLEAN");
        }
        return new RawValue(
                atomic.kind(), charset(options), options.choice(ENDIANNESS).equals(BIG_ENDIAN));
    }

    private static Charset charset(Options options) {
        String name = options.text(CHARSET).trim();
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "option 'raw.charset' names '" + name + "'")
                    .why("there is no such charset")
                    .causedBy(e);
        }
    }
}
