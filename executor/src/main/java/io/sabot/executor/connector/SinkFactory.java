package io.sabot.executor.connector;

import io.sabot.catalog.connector.ConnectorDescriptor;

/** Makes sinks of one connector. Stateless; any thread. */
public interface SinkFactory {
    /** What the connector offers. */
    ConnectorDescriptor descriptor();

    /** Makes the sink of one INSERT. Checks the options, touches no outside system yet. */
    Sink create(SinkSpec sink, ConnectorContext context);
}
