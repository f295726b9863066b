package io.sabot.connectors.json;

import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.connectors.text.TimestampFormat;
import java.util.List;

/** The options of the format. */
record JsonOptions(
        boolean failOnMissingField,
        boolean ignoreParseErrors,
        TimestampFormat timestamps,
        NullKeys nullKeys,
        String nullKeyLiteral,
        boolean plainDecimals,
        boolean ignoreNullFields,
        boolean validate) {
    /** What becomes of map entries whose key is NULL when a map is written. */
    enum NullKeys {
        FAIL,
        DROP,
        LITERAL
    }

    static final List<OptionSpec> SPECS = List.of(
            OptionSpec.defaulted(
                    "fail-on-missing-field",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether a field that is not there is an error"),
            OptionSpec.defaulted(
                    "ignore-parse-errors",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether a field that cannot be read becomes NULL and a record that is no JSON is skipped"),
            OptionSpec.choice(
                    "timestamp-format.standard",
                    "How timestamps are written",
                    TimestampFormat.SQL.option(),
                    TimestampFormat.ISO_8601.option(),
                    TimestampFormat.ISO_8601_WITH_OFFSET.option()),
            OptionSpec.choice(
                    "map-null-key.mode", "What to do with a NULL key when a map is written", "FAIL", "DROP", "LITERAL"),
            OptionSpec.defaulted(
                    "map-null-key.literal", OptionType.STRING, "null", "Key to write for NULL in mode LITERAL"),
            OptionSpec.defaulted(
                    "encode.decimal-as-plain-number",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether decimals are written without exponent always"),
            OptionSpec.defaulted(
                    "encode.ignore-null-fields", OptionType.BOOLEAN, "false", "Whether NULL fields are left out"),
            OptionSpec.defaulted(
                    "decode.json-parser.enabled",
                    OptionType.BOOLEAN,
                    "true",
                    "Accepted for Flink's sake; nested fields are always read without building a tree"),
            OptionSpec.defaulted(
                    "sabot.validate",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether the part of a record behind the last field that a query reads is checked too"));

    static JsonOptions of(Options options) {
        return new JsonOptions(
                options.bool("fail-on-missing-field"),
                options.bool("ignore-parse-errors"),
                TimestampFormat.of(options.choice("timestamp-format.standard")),
                NullKeys.valueOf(options.choice("map-null-key.mode")),
                options.text("map-null-key.literal"),
                options.bool("encode.decimal-as-plain-number"),
                options.bool("encode.ignore-null-fields"),
                options.bool("sabot.validate"));
    }
}
