package io.sabot.catalog.connector;

import java.util.List;

/**
 * What a format offers. Option keys are written with the format's name in front: {@code json.ignore-parse-errors}.
 *
 * @param records whether single records can be read and written, as topics need; else only whole files
 * @param options keys without the format's name
 */
public record FormatDescriptor(
        String name,
        String description,
        boolean decodes,
        boolean encodes,
        boolean changelog,
        boolean records,
        List<OptionSpec> options,
        List<MetadataSpec> metadata) {
    public FormatDescriptor {
        options = List.copyOf(options);
        metadata = List.copyOf(metadata);
    }

    /** A format of records. */
    public FormatDescriptor(
            String name,
            String description,
            boolean decodes,
            boolean encodes,
            boolean changelog,
            List<OptionSpec> options,
            List<MetadataSpec> metadata) {
        this(name, description, decodes, encodes, changelog, true, options, metadata);
    }

    /** A format of whole files, which are read and written. */
    public static FormatDescriptor ofFiles(String name, String description, List<OptionSpec> options) {
        return new FormatDescriptor(name, description, true, true, false, false, options, List.of());
    }
}
