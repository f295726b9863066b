package io.sabot.executor.connector;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import java.util.List;

/**
 * What a scan asks of a source.
 *
 * @param columns what to decode, in the order of the columns of the batches
 * @param filter rows that fail it may be decoded in part: of such a row only the columns in {@code needed} of the filter
 *     must be right. Advice that a source may ignore
 * @param ends whether to stop at the end that the source has when it starts, whatever its options say
 */
public record ScanSpec(Table table, List<ScanColumn> columns, ScanFilter filter, boolean ends) {
    public ScanSpec {
        columns = List.copyOf(columns);
    }

    /** Names (paths joined by dots) and types of the batches that the source makes. */
    public Schema schema() {
        return new Schema(columns.stream()
                .map(column -> new Field(column.label(), column.type()))
                .toList());
    }
}
