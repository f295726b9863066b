package io.sabot.parser.statement;

import java.util.List;

/**
 * {@code CREATE VIEW}.
 *
 * @param columns names that replace those of the query; empty when none are written
 * @param comment empty when there is none
 * @param query its {@link Query#text()} is as the user wrote it
 */
public record CreateView(
        Source source,
        boolean orReplace,
        boolean temporary,
        boolean ifNotExists,
        ObjectName name,
        List<Name> columns,
        String comment,
        Query query)
        implements Statement {
    public CreateView {
        columns = List.copyOf(columns);
    }
}
