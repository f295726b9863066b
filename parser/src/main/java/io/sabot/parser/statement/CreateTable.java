package io.sabot.parser.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE TABLE} and {@code CREATE STREAM}.
 *
 * @param comment empty when there is none
 * @param partitionedBy empty when none are written
 * @param like null when there is no LIKE clause
 * @param query the query of CREATE TABLE … AS, else null
 */
public record CreateTable(
        Source source,
        TableKind kind,
        boolean orReplace,
        boolean temporary,
        boolean ifNotExists,
        ObjectName name,
        TableSchema schema,
        String comment,
        List<Name> partitionedBy,
        Options options,
        @Nullable LikeClause like,
        @Nullable Query query)
        implements Statement {
    public CreateTable {
        partitionedBy = List.copyOf(partitionedBy);
    }
}
