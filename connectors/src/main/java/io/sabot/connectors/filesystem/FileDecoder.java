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
import io.sabot.executor.connector.FileFormat;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordFramer;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns framed records into batches of the scan's columns: the format's first, then what is known of the file. */
final class FileDecoder implements AutoCloseable {
    private final ScanSpec scan;
    private final FormatFactory format;
    private final Options formatOptions;
    private final Optional<FileFormat> blocks;
    private final @Nullable RecordDecoder decoder;
    private final List<ScanColumn> fields = new ArrayList<>();
    private final List<ScanColumn> ofFile = new ArrayList<>();
    private final Schema built;
    private final int[] order;
    private final ConnectorContext context;
    private final int[] rowsOf;
    /** Bytes of texts in the last batch, by column: the next one will need about as much. */
    private final int[] textBytes;

    final long[] starts;
    final int[] lengths;

    FileDecoder(ScanSpec scan, FormatFactory format, ConnectorContext context) {
        Table table = scan.table();
        this.scan = scan;
        this.format = format;
        this.context = context;
        this.formatOptions = FilesystemFactory.formatOptions(table, format);
        this.blocks = format.files();
        for (Part part : Part.values()) {
            for (ScanColumn column : scan.columns()) {
                if (part(column, table) == part) {
                    (part == Part.FILE ? ofFile : fields).add(column);
                }
            }
        }
        this.order = order(scan.columns(), table);
        this.built = schema(fields, ofFile);
        this.decoder = blocks.isPresent()
                ? null
                : format.decoder(inRecords(table), fields, filter(scan.filter()), formatOptions, context);
        this.rowsOf = new int[context.batchRows()];
        this.textBytes = new int[built.size()];
        this.starts = new long[context.batchRows()];
        this.lengths = new int[context.batchRows()];
    }

    /** Where a column comes from; they are built in this order. */
    private enum Part {
        RECORD,
        FORMAT_METADATA,
        /** The same for all rows of a file: metadata, or a partition column, which records do not hold. */
        FILE
    }

    private static Part part(ScanColumn column, Table table) {
        if (column instanceof ScanColumn.Physical physical) {
            return table.partitionedBy().contains(physical.path().get(0)) ? Part.FILE : Part.RECORD;
        }
        return column.label().startsWith("file.") ? Part.FILE : Part.FORMAT_METADATA;
    }

    private static Schema inRecords(Table table) {
        return new Schema(table.physicalSchema().fields().stream()
                .filter(field -> !table.partitionedBy().contains(field.name()))
                .toList());
    }

    /** For each column of the scan its place among the columns built. */
    private static int[] order(List<ScanColumn> columns, Table table) {
        int[] order = new int[columns.size()];
        int next = 0;
        for (Part part : Part.values()) {
            for (int i = 0; i < order.length; i++) {
                if (part(columns.get(i), table) == part) {
                    order[i] = next++;
                }
            }
        }
        return order;
    }

    /** The filter over the columns of the format; what it says of columns of the file is left to the query. */
    private ScanFilter filter(ScanFilter filter) {
        int fieldCount = fields.size();
        return new ScanFilter(
                filter.comparisons().stream()
                        .filter(comparison -> order[comparison.column()] < fieldCount)
                        .map(comparison -> new ScanFilter.Comparison(
                                order[comparison.column()], comparison.operator(), comparison.constant()))
                        .toList(),
                filter.needed().stream()
                        .map(column -> order[column])
                        .filter(column -> column < fieldCount)
                        .toList(),
                filter.dropRejected());
    }

    private static Schema schema(List<ScanColumn> fields, List<ScanColumn> ofFile) {
        List<Field> all = new ArrayList<>();
        fields.forEach(column -> all.add(new Field(column.label(), column.type())));
        ofFile.forEach(column -> all.add(new Field(column.label(), column.type())));
        return new Schema(all);
    }

    RecordFramer framer() {
        return format.framer(formatOptions);
    }

    /** Directory name that stands for NULL. */
    String defaultPartition() {
        return new Options(scan.table().options(), FilesystemFactory.OPTIONS).text("partition.default-name");
    }

    String formatName() {
        return format.descriptor().name();
    }

    String hintForBadRecords() {
        return format.hintForBadRecords("");
    }

    BatchBuilder builder() {
        BatchBuilder builder = new BatchBuilder(built, context.allocator(), context.batchRows());
        for (int c = 0; c < textBytes.length; c++) {
            if (textBytes[c] > 0) {
                builder.column(c).reserveTexts(textBytes[c] + textBytes[c] / 8);
            }
        }
        return builder;
    }

    /** Whether the format reads a file as a whole. */
    boolean isOfBlocks() {
        return blocks.isPresent();
    }

    /** Opens a file of a format that reads it as a whole. */
    FileFormat.Reader reader(Path file) throws IOException, BadRecord {
        return blocks.orElseThrow()
                .reader(file, inRecords(scan.table()), fields, filter(scan.filter()), formatOptions, context);
    }

    /** Ends {@code count} rows of which the format's columns are there. */
    void endRows(BatchBuilder rows, int count, FileFacts facts) {
        int firstOwn = rows.columnCount() - ofFile.size();
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < ofFile.size(); i++) {
                facts.append(ofFile.get(i), rows.column(firstOwn + i));
            }
            rows.endRow();
        }
    }

    private RecordDecoder records() {
        return Objects.requireNonNull(decoder);
    }

    /** Decodes the first records of {@link #starts} and {@link #lengths}. */
    void decode(int count, BatchBuilder rows, FileFacts facts) throws BadRecord {
        if (ofFile.isEmpty()) {
            records().decode(starts, lengths, 0, count, rows, 0, true, null);
            return;
        }
        records().decode(starts, lengths, 0, count, rows, 0, false, rowsOf);
        int firstOwn = rows.columnCount() - ofFile.size();
        int decoded = 0;
        for (int record = 0; record < count; record++) {
            for (int row = 0; row < rowsOf[record]; row++) {
                for (int i = 0; i < ofFile.size(); i++) {
                    facts.append(ofFile.get(i), rows.column(firstOwn + i));
                }
                rows.endRow(records().kind(decoded++));
            }
        }
    }

    Batch finish(BatchBuilder rows) {
        for (int c = 0; c < textBytes.length; c++) {
            textBytes[c] = rows.column(c).textBytes();
        }
        return rows.finish(Batch.NOT_LATE, order);
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }
}
