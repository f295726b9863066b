package io.sabot.catalog.connector;

import java.util.List;
import java.util.Optional;

/** The connectors and formats of a process. */
public record Descriptors(List<ConnectorDescriptor> connectors, List<FormatDescriptor> formats) {
    public Descriptors {
        connectors = List.copyOf(connectors);
        formats = List.copyOf(formats);
    }

    /** A connector by its name. */
    public Optional<ConnectorDescriptor> connector(String name) {
        return connectors.stream()
                .filter(connector -> connector.name().equals(name))
                .findFirst();
    }

    /** A format by its name. */
    public Optional<FormatDescriptor> format(String name) {
        return formats.stream().filter(format -> format.name().equals(name)).findFirst();
    }
}
