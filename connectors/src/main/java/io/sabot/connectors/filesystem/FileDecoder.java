package io.sabot.connectors.filesystem;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordFramer;
import io.sabot.executor.connector.ScanSpec;
import java.util.ArrayList;
import java.util.List;

/** Turns framed records into batches of the scan's columns: the format's first, then metadata of the file. */
final class FileDecoder implements AutoCloseable {
    private final FormatFactory format;
    private final Options formatOptions;
    private final RecordDecoder decoder;
    private final List<ScanColumn.Metadata> metadata = new ArrayList<>();
    private final Schema built;
    private final int[] order;
    private final ConnectorContext context;
    private final int[] rowsOf;
    final long[] starts;
    final int[] lengths;

    FileDecoder(ScanSpec scan, FormatFactory format, ConnectorContext context) {
        Table table = scan.table();
        this.format = format;
        this.context = context;
        this.formatOptions = FilesystemFactory.formatOptions(table, format);
        List<ScanColumn> fields = new ArrayList<>();
        for (ScanColumn column : scan.columns()) {
            if (column instanceof ScanColumn.Metadata own && own.key().startsWith("file.")) {
                metadata.add(own);
            } else {
                fields.add(column);
            }
        }
        this.order = order(scan.columns(), fields.size());
        this.built = schema(fields, metadata);
        this.decoder = format.decoder(
                table.physicalSchema(), fields, FilterColumns.move(scan.filter(), order), formatOptions, context);
        this.rowsOf = new int[context.batchRows()];
        this.starts = new long[context.batchRows()];
        this.lengths = new int[context.batchRows()];
    }

    /** For each column of the scan its place among the columns built. */
    private static int[] order(List<ScanColumn> columns, int fieldCount) {
        int[] order = new int[columns.size()];
        int field = 0;
        int own = fieldCount;
        for (int i = 0; i < order.length; i++) {
            boolean isOwn = columns.get(i) instanceof ScanColumn.Metadata metadata
                    && metadata.key().startsWith("file.");
            order[i] = isOwn ? own++ : field++;
        }
        return order;
    }

    private static Schema schema(List<ScanColumn> fields, List<ScanColumn.Metadata> metadata) {
        List<Field> all = new ArrayList<>();
        fields.forEach(column -> all.add(new Field(column.label(), column.type())));
        metadata.forEach(column -> all.add(new Field(column.label(), column.type())));
        return new Schema(all);
    }

    RecordFramer framer() {
        return format.framer(formatOptions);
    }

    String formatName() {
        return format.descriptor().name();
    }

    BatchBuilder builder() {
        return new BatchBuilder(built, context.allocator(), context.batchRows());
    }

    /** Decodes the first records of {@link #starts} and {@link #lengths}. */
    void decode(int count, BatchBuilder rows, FileFacts facts) throws BadRecord {
        if (metadata.isEmpty()) {
            decoder.decode(starts, lengths, 0, count, rows, 0, true, null);
            return;
        }
        decoder.decode(starts, lengths, 0, count, rows, 0, false, rowsOf);
        int firstOwn = rows.columnCount() - metadata.size();
        for (int record = 0; record < count; record++) {
            for (int row = 0; row < rowsOf[record]; row++) {
                for (int i = 0; i < metadata.size(); i++) {
                    facts.append(metadata.get(i), rows.column(firstOwn + i));
                }
                rows.endRow();
            }
        }
    }

    Batch finish(BatchBuilder rows) {
        return rows.finish(Batch.NOT_LATE, order);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
