package io.sabot.parser.statement;

import java.util.List;

/**
 * {@code ALTER TABLE | STREAM}.
 *
 * @param kind TABLE or STREAM, as written
 */
public record AlterTable(Source source, TableKind kind, boolean ifExists, ObjectName name, Action action)
        implements Statement {
    /** What is changed. */
    public sealed interface Action permits Rename, SetOptions, ResetOptions {}

    /** {@code RENAME TO name}. */
    public record Rename(ObjectName newName) implements Action {}

    /** {@code SET ('k' = 'v', …)}. */
    public record SetOptions(Options options) implements Action {}

    /** {@code RESET ('k', …)}. */
    public record ResetOptions(List<Name> keys) implements Action {
        public ResetOptions {
            keys = List.copyOf(keys);
        }
    }
}
