package io.sabot.executor.batch;

import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Batches written as text tables: a line per row, cells between {@code |}, the row kind first.
 *
 * <pre>
 *   +I | 1 | a   | NULL | 2024-01-01 10:00:00
 *   -D | 2 | 'b' | 1.50 | 2024-01-01 10:00:05.250
 * </pre>
 *
 * <p>The kind may be left out of all lines of rows that are inserted. How values are written says {@link ValueText}. Blank
 * lines and lines that begin with {@code #} are skipped. What {@link #print} gives has one blank on each side of a bar, no
 * padding and no line break at the end, and {@link #parse} reads it back.
 */
public final class BatchText {
    private BatchText() {}

    /** The batch that a table describes; its rows are all in time. */
    public static Batch parse(BufferAllocator allocator, Schema schema, String table) {
        return parse(allocator, schema, table, Batch.NOT_LATE);
    }

    /** The batch that a table describes. */
    public static Batch parse(BufferAllocator allocator, Schema schema, String table, long lateBefore) {
        List<String> lines = table.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, lines.size())) {
            for (String line : lines) {
                append(builder, schema, line);
            }
            return builder.finish(lateBefore);
        }
    }

    private static void append(BatchBuilder builder, Schema schema, String line) {
        List<String> cells = ValueText.split(line, '|');
        boolean hasKind = cells.size() == schema.size() + 1;
        if (!hasKind && cells.size() != schema.size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells in '" + line + "' for the " + schema.size() + " columns " + schema);
        }
        for (int i = 0; i < schema.size(); i++) {
            ValueText.append(builder.column(i), schema.type(i), cells.get(hasKind ? i + 1 : i));
        }
        builder.endRow(hasKind ? kind(cells.get(0)) : RowKind.INSERT.code());
    }

    private static byte kind(String symbol) {
        for (RowKind kind : RowKind.values()) {
            if (kind.symbol().equals(symbol.toUpperCase(Locale.ROOT))) {
                return kind.code();
            }
        }
        throw new IllegalArgumentException("no row kind '" + symbol + "'");
    }

    /** The rows as a table; the batch stays with its owner. */
    public static String print(Batch batch, Schema schema) {
        return String.join("\n", rows(batch, schema));
    }

    /** The rows as lines of the table, for instance to sort them before comparing. */
    public static List<String> rows(Batch batch, Schema schema) {
        if (batch.columnCount() != schema.size()) {
            throw new IllegalArgumentException(batch.columnCount() + " vectors for " + schema);
        }
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            StringJoiner line = new StringJoiner(" | ");
            line.add(batch.kind(row).symbol());
            for (int i = 0; i < schema.size(); i++) {
                line.add(ValueText.text(batch.vector(i), row, schema.type(i)));
            }
            rows.add(line.toString());
        }
        return rows;
    }
}
