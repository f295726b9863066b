package io.sabot.connectors.datagen;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Makes sources of made-up rows. */
public final class DatagenFactory implements SourceFactory {
    static final List<OptionSpec> OPTIONS = options();

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "datagen",
            "Makes up rows: random values or sequences, at a given rate",
            true,
            false,
            ConnectorDescriptor.FormatUse.NONE,
            false,
            OPTIONS,
            List.of());

    private static List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>(List.of(
                OptionSpec.defaulted("rows-per-second", OptionType.LONG, "10000", "Rows to make in a second"),
                OptionSpec.optional(
                        "number-of-rows",
                        OptionType.LONG,
                        "Rows to make in all; without it and without sequences no end"),
                OptionSpec.optional("scan.parallelism", OptionType.INT, "Number of tasks that make rows"),
                OptionSpec.optional("sabot.seed", OptionType.LONG, "Makes the same random rows each time")));
        Map<String, String> descriptions = Map.of(
                "kind", "random (the default) or sequence",
                "min", "Least random number; the least of the type by default",
                "max", "Greatest random number; the greatest of the type by default",
                "max-past", "How far random timestamps lie back from now; 0 by default",
                "length", "Characters, bytes or elements; that of the type, or 100",
                "var-len", "Whether texts and byte strings have from 1 to that many",
                "start", "First number of a sequence",
                "end", "Last number of a sequence",
                "null-rate", "Share of NULLs, from 0 to 1");
        FieldOptions.KEYS.forEach(key -> options.add(
                OptionSpec.optional("fields.#." + key, FieldOptions.type(key), descriptions.getOrDefault(key, ""))));
        return options;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public OptionalLong estimatedRows(Table table, Function<String, FormatFactory> formats, FileAccess files) {
        return new Options(table.options(), OPTIONS)
                .find("number-of-rows")
                .map(text -> OptionalLong.of(Long.parseLong(text.trim())))
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public Source create(ScanSpec scan, ConnectorContext context) {
        return new DatagenSource(scan, new Options(scan.table().options(), OPTIONS), context);
    }
}
