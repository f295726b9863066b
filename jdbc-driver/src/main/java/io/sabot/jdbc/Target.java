package io.sabot.jdbc;

import java.nio.file.Path;
import java.util.Optional;

/** The engine that a URL names. */
public sealed interface Target {
    /**
     * An engine in this process.
     *
     * @param name of an engine in memory, empty for the one that needs no name
     * @param directory data directory of a durable engine
     */
    record Embedded(String name, Optional<Path> directory) implements Target {}

    /**
     * An engine behind a server.
     *
     * @param database to use first, empty for the server's default
     */
    record Remote(String host, int port, String database) implements Target {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
