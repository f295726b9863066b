package io.sabot.executor.connector;

import io.sabot.catalog.connector.ConnectorDescriptor;

/** Makes sources of one connector. Stateless; any thread. */
public interface SourceFactory {
    /** What the connector offers. */
    ConnectorDescriptor descriptor();

    /**
     * Makes a source for one scan. Checks what can only be checked together (options that exclude each other), but
     * touches no outside system yet.
     */
    Source create(ScanSpec scan, ConnectorContext context);
}
