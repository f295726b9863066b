package io.sabot.catalog.connector;

import java.util.List;

/**
 * What a connector offers, for validation at CREATE, {@code SHOW CONNECTORS} and documentation.
 *
 * @param formats which parts of a record a format encodes
 * @param needsPrimaryKey whether a table must have one
 * @param oneOf groups of options of which a table has exactly one each
 */
public record ConnectorDescriptor(
        String name,
        String description,
        boolean source,
        boolean sink,
        FormatUse formats,
        boolean needsPrimaryKey,
        List<OptionSpec> options,
        List<MetadataSpec> metadata,
        List<List<String>> oneOf) {
    /** A connector whose options do not exclude each other. */
    public ConnectorDescriptor(
            String name,
            String description,
            boolean source,
            boolean sink,
            FormatUse formats,
            boolean needsPrimaryKey,
            List<OptionSpec> options,
            List<MetadataSpec> metadata) {
        this(name, description, source, sink, formats, needsPrimaryKey, options, metadata, List.of());
    }

    public ConnectorDescriptor {
        oneOf = List.copyOf(oneOf);
        options = List.copyOf(options);
        metadata = List.copyOf(metadata);
    }

    /** Which parts of a record a format encodes. */
    public enum FormatUse {
        /** The connector makes rows itself. */
        NONE,
        /** Option {@code format}. */
        VALUE,
        /** Options {@code key.format} and {@code value.format}; {@code format} means the latter. */
        KEY_AND_VALUE
    }
}
