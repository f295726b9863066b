package io.sabot.parser.statement;

import java.util.List;

/**
 * {@code INSERT INTO | OVERWRITE t [hint] [PARTITION (…)] [(columns)] query [ON CONFLICT DO …]}.
 *
 * @param targetOptions of the hint {@code /*+ OPTIONS(…) *}{@code /} behind the table
 * @param columns empty when none are written
 * @param partition static partition values, empty when none are written
 * @param query its {@link Query#emitMode()} is that of the whole statement
 */
public record Insert(
        Source source,
        ObjectName target,
        Options targetOptions,
        boolean overwrite,
        List<Assignment> partition,
        List<Name> columns,
        Query query,
        OnConflict onConflict)
        implements Statement {
    public Insert {
        partition = List.copyOf(partition);
        columns = List.copyOf(columns);
    }
}
