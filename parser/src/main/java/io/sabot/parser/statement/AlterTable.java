package io.sabot.parser.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER TABLE | STREAM}.
 *
 * @param kind TABLE or STREAM, as written
 */
public record AlterTable(Source source, TableKind kind, boolean ifExists, ObjectName name, Action action)
        implements Statement {
    /** What is changed. */
    public sealed interface Action
            permits Rename,
                    SetOptions,
                    ResetOptions,
                    Add,
                    Modify,
                    DropColumns,
                    DropPrimaryKey,
                    DropWatermark,
                    RenameColumn {}

    /**
     * A column and where it goes.
     *
     * @param first whether FIRST is written
     * @param after the column of AFTER, else null
     */
    public record PlacedColumn(
            ColumnDefinition column,
            boolean first,
            @Nullable Name after) {}

    /**
     * {@code ADD | MODIFY (column [FIRST | AFTER c], …, PRIMARY KEY …, WATERMARK …)}.
     *
     * @param primaryKey null when none is written
     * @param watermark null when none is written
     */
    public record Changes(
            List<PlacedColumn> columns,
            @Nullable PrimaryKeyDefinition primaryKey,
            @Nullable WatermarkDefinition watermark) {
        public Changes {
            columns = List.copyOf(columns);
        }
    }

    /** {@code ADD …}. */
    public record Add(Changes changes) implements Action {}

    /** {@code MODIFY …}. */
    public record Modify(Changes changes) implements Action {}

    /** {@code DROP (c, …)}. */
    public record DropColumns(List<Name> columns) implements Action {
        public DropColumns {
            columns = List.copyOf(columns);
        }
    }

    /** {@code DROP PRIMARY KEY}, or {@code DROP CONSTRAINT name}. */
    public record DropPrimaryKey() implements Action {}

    /** {@code DROP WATERMARK}. */
    public record DropWatermark() implements Action {}

    /** {@code RENAME c TO d}. */
    public record RenameColumn(Name column, Name newName) implements Action {}

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
