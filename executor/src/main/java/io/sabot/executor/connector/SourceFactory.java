package io.sabot.executor.connector;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.ConnectorDescriptor;
import java.util.OptionalLong;
import java.util.function.Function;

/** Makes sources of one connector. Stateless; any thread. */
public interface SourceFactory {
    /** What the connector offers. */
    ConnectorDescriptor descriptor();

    /**
     * Makes a source for one scan. Checks what can only be checked together (options that exclude each other), but
     * touches no outside system yet.
     */
    Source create(ScanSpec scan, ConnectorContext context);

    /**
     * Guesses how many rows a scan of the table would give if it ended now, from what can be told at once: an option, sizes of
     * files. Empty when that is not known; what a scan would fail of is not known either.
     *
     * @param formats by name
     * @param files which may be looked at, and where relative paths begin
     */
    default OptionalLong estimatedRows(Table table, Function<String, FormatFactory> formats, FileAccess files) {
        return OptionalLong.empty();
    }
}
