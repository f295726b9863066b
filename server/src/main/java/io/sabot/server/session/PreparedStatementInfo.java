package io.sabot.server.session;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a statement before it runs.
 *
 * @param schema columns of its rows; empty when it gives none
 * @param parameters types that its {@code ?} were found to have
 */
public record PreparedStatementInfo(Optional<Schema> schema, List<DataType> parameters) {
    public PreparedStatementInfo {
        parameters = List.copyOf(parameters);
    }
}
