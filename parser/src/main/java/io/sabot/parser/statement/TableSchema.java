package io.sabot.parser.statement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the round brackets of CREATE TABLE.
 *
 * @param columns in the order written
 * @param primaryKey null when there is none
 * @param watermark null when there is none
 */
public record TableSchema(
        List<ColumnDefinition> columns,
        @Nullable PrimaryKeyDefinition primaryKey,
        @Nullable WatermarkDefinition watermark) {
    /** Of a statement without brackets. */
    public static final TableSchema EMPTY = new TableSchema(List.of(), null, null);

    public TableSchema {
        columns = List.copyOf(columns);
    }

    /** Whether nothing is written. */
    public boolean isEmpty() {
        return columns.isEmpty() && primaryKey == null && watermark == null;
    }
}
