package io.sabot.parser.statement;

import java.util.List;

/**
 * {@code CREATE MATERIALIZED VIEW}: a job plus a table.
 *
 * @param columns names that replace those of the query; empty when none are written
 * @param comment empty when there is none
 * @param query its {@link Query#text()} is as the user wrote it
 */
public record CreateMaterializedView(
        Source source,
        boolean orReplace,
        boolean ifNotExists,
        ObjectName name,
        List<Name> columns,
        String comment,
        Options options,
        Query query)
        implements Statement {
    public CreateMaterializedView {
        columns = List.copyOf(columns);
    }
}
