package io.sabot.catalog.connector;

import java.util.List;

/**
 * What a format offers. Option keys are written with the format's name in front: {@code json.ignore-parse-errors}.
 *
 * @param options keys without the format's name
 */
public record FormatDescriptor(
        String name,
        String description,
        boolean decodes,
        boolean encodes,
        boolean changelog,
        List<OptionSpec> options,
        List<MetadataSpec> metadata) {
    public FormatDescriptor {
        options = List.copyOf(options);
        metadata = List.copyOf(metadata);
    }
}
