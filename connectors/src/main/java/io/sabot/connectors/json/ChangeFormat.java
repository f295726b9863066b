package io.sabot.connectors.json;

import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.text.TimestampFormat;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the formats of changes share: options, and how envelope and rows come together. */
final class ChangeFormat {
    private static final Set<String> SHARED = Set.of(
            "timestamp-format.standard",
            "map-null-key.mode",
            "map-null-key.literal",
            "encode.decimal-as-plain-number",
            "encode.ignore-null-fields");

    private ChangeFormat() {}

    /** The options of all of them, and some of one's own. */
    static List<OptionSpec> options(OptionSpec... own) {
        List<OptionSpec> options = new ArrayList<>();
        options.add(OptionSpec.defaulted(
                "ignore-parse-errors",
                OptionType.BOOLEAN,
                "false",
                "Whether a message that cannot be read is skipped, with all its rows"));
        JsonOptions.SPECS.stream().filter(spec -> SHARED.contains(spec.key())).forEach(options::add);
        options.addAll(List.of(own));
        return List.copyOf(options);
    }

    /** The options of the rows: errors in them are errors of the message. */
    private static JsonOptions ofRows(Options options) {
        return new JsonOptions(
                false,
                false,
                TimestampFormat.of(options.choice("timestamp-format.standard")),
                JsonOptions.NullKeys.valueOf(options.choice("map-null-key.mode")),
                options.text("map-null-key.literal"),
                options.bool("encode.decimal-as-plain-number"),
                options.bool("encode.ignore-null-fields"),
                false);
    }

    static RecordDecoder decoder(
            Envelope envelope, Schema physical, List<ScanColumn> columns, Options options, ConnectorContext context) {
        JsonOptions json = ofRows(options);
        List<ScanColumn> ofRow = new ArrayList<>();
        List<EnvelopeColumn> metadata = new ArrayList<>();
        for (ScanColumn column : columns) {
            if (column instanceof ScanColumn.Metadata own) {
                metadata.add(new EnvelopeColumn(own, json));
            } else {
                assert metadata.isEmpty() : "metadata comes behind the columns of rows";
                ofRow.add(column);
            }
        }
        return new ChangeDecoder(
                envelope,
                JsonFormatFactory.decoder(physical, ofRow, ScanFilter.NONE, json, context),
                ofRow.size(),
                metadata,
                options.bool("ignore-parse-errors"),
                Boolean.parseBoolean(
                        context.settings().getOrDefault("table.exec.source.cdc-events-duplicate", "false")),
                context.counter("records.skipped"),
                context.allocator());
    }

    static RecordEncoder encoder(
            Schema schema, Options options, ChangeEncoder.Frame insertion, ChangeEncoder.Frame deletion) {
        return new ChangeEncoder(schema, ofRows(options), insertion, deletion);
    }
}
