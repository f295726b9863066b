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
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Makes decoders and encoders of the changes that Canal captures. */
public final class CanalJsonFormatFactory implements FormatFactory {
    private static final FormatDescriptor DESCRIPTOR = new FormatDescriptor(
            "canal-json",
            "Changes of rows as Canal writes them in JSON, several in a message",
            true,
            true,
            true,
            ChangeFormat.options(
                    OptionSpec.defaulted(
                            "database.include",
                            OptionType.STRING,
                            ".*",
                            "Regular expression that the name of a database must match to be read"),
                    OptionSpec.defaulted(
                            "table.include",
                            OptionType.STRING,
                            ".*",
                            "Regular expression that the name of a table must match to be read")),
            CanalEnvelope.METADATA);

    @Override
    public FormatDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        return ChangeFormat.decoder(
                new CanalEnvelope(pattern(options, "database.include"), pattern(options, "table.include")),
                physical,
                columns,
                options,
                context);
    }

    private static Pattern pattern(Options options, String key) {
        try {
            return Pattern.compile(options.text(key));
        } catch (PatternSyntaxException e) {
            throw SabotException.of(
                            ErrorCode.INVALID_OPTION, "option 'canal-json." + key + "' is not a regular expression")
                    .why(e.getDescription())
                    .causedBy(e);
        }
    }

    @Override
    public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        return ChangeFormat.encoder(
                schema,
                options,
                ChangeEncoder.Frame.of("{\"data\":[", "],\"type\":\"INSERT\"}"),
                ChangeEncoder.Frame.of("{\"data\":[", "],\"type\":\"DELETE\"}"));
    }
}
