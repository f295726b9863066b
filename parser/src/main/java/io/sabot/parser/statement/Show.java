package io.sabot.parser.statement;

import org.jspecify.annotations.Nullable;

/**
 * {@code SHOW …}.
 *
 * @param in the database (or for COLUMNS the table) that is looked into; null: the current one
 * @param like null when there is no LIKE clause
 */
public record Show(
        Source source,
        ShowKind kind,
        @Nullable ObjectName in,
        @Nullable LikePattern like) implements Statement {}
