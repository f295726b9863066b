package io.sabot.connectors.csv;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.RecordDecoder;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Reads records of fields by position. Ignores the filter of the scan. */
final class CsvDecoder implements RecordDecoder {
    private final CsvOptions options;
    private final Schema physical;
    private final List<CsvColumn> columns;
    private final CsvFields fields;
    private final CsvValue values;
    private final LongAdder skippedRecords;
    private long skipped;

    CsvDecoder(Schema physical, List<ScanColumn> columns, CsvOptions options, ConnectorContext context) {
        CsvColumn.check(physical);
        this.options = options;
        this.physical = physical;
        this.columns =
                columns.stream().map(column -> CsvColumn.of(column, physical)).toList();
        this.values = new CsvValue(options);
        this.skippedRecords = context.counter("records.skipped");
        this.fields = new CsvFields(options, physical.size(), context.allocator());
    }

    @Override
    public void decode(
            long[] starts,
            int[] lengths,
            int from,
            int to,
            BatchBuilder rows,
            int firstColumn,
            boolean endRows,
            int @Nullable [] rowsOf)
            throws BadRecord {
        for (int record = from; record < to; record++) {
            boolean isRow = decodeRecord(starts[record], lengths[record], record, rows, firstColumn);
            if (rowsOf != null) {
                rowsOf[record] = isRow ? 1 : 0;
            }
            if (isRow && endRows) {
                rows.endRow();
            }
        }
    }

    private boolean decodeRecord(long start, int length, int record, BatchBuilder rows, int firstColumn)
            throws BadRecord {
        if (isBlank(start, length)) {
            return false;
        }
        String problem = fields.split(start, length);
        if (problem.isEmpty() && isWrongCount()) {
            problem = "expected " + physical.size() + " fields, found " + fields.count();
        }
        if (!problem.isEmpty()) {
            return giveUp(new BadRecord(record, "", problem));
        }
        for (int i = 0; i < columns.size(); i++) {
            CsvColumn column = columns.get(i);
            ColumnBuilder target = rows.column(firstColumn + i);
            int row = target.rowCount();
            problem = append(column, target);
            if (!problem.isEmpty() && options.ignoreParseErrors()) {
                target.truncate(row);
                target.appendNull();
                problem = "";
            }
            if (problem.isEmpty() && column.required() && target.isNull(row)) {
                problem = "the value is missing or NULL, but the column is NOT NULL";
            }
            if (!problem.isEmpty()) {
                for (int taken = 0; taken <= i; taken++) {
                    rows.column(firstColumn + taken).truncate(row);
                }
                return giveUp(new BadRecord(record, column.label(), problem));
            }
        }
        return true;
    }

    /** Whether a line holds no record: a comment, or nothing at all where a record has several fields. */
    private boolean isBlank(long start, int length) {
        if (length == 0) {
            return physical.size() > 1 || options.allowComments();
        }
        return options.allowComments() && Memory.getByte(start) == '#';
    }

    private boolean isWrongCount() {
        return options.ignoreParseErrors() ? fields.count() > physical.size() : fields.count() != physical.size();
    }

    private String append(CsvColumn column, ColumnBuilder target) {
        if (column.field() >= fields.count()) {
            target.appendNull();
            return "";
        }
        long start = fields.start(column.field());
        int length = fields.length(column.field());
        if (column.inner() < 0) {
            return values.append(column.type(), start, length, target);
        }
        if (values.isNull(start, length)) {
            target.appendNull();
            return "";
        }
        return values.appendInner(column.type(), column.inner(), CsvValue.text(start, length), target);
    }

    private boolean giveUp(BadRecord problem) throws BadRecord {
        if (!options.ignoreParseErrors()) {
            throw problem;
        }
        skipped++;
        skippedRecords.increment();
        return false;
    }

    @Override
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() {
        fields.close();
    }
}
