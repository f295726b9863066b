package io.sabot.parser.statement;

import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER VIEW v RENAME TO w} or {@code ALTER VIEW v AS query}.
 *
 * @param newName null when the query is changed
 * @param query null when the view is renamed
 */
public record AlterView(
        Source source,
        ObjectName name,
        @Nullable ObjectName newName,
        @Nullable Query query) implements Statement {}
