package io.sabot.connectors.record;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.RecordDecoder;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Makes a row of each record: fields that are not there are NULL, a record that cannot be read is an error or skipped. */
public final class RowDecoder implements RecordDecoder {
    private final RowReader reader;
    private final RowCompletion completion;
    private final boolean ignoreParseErrors;
    private final LongAdder skippedRecords;
    private long skipped;

    public RowDecoder(
            Schema physical,
            List<ScanColumn> columns,
            RowReader reader,
            boolean ignoreParseErrors,
            LongAdder skippedRecords) {
        this.reader = reader;
        this.completion = new RowCompletion(physical, columns);
        this.ignoreParseErrors = ignoreParseErrors;
        this.skippedRecords = skippedRecords;
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
        ColumnBuilder[] targets = completion.targets(rows, firstColumn);
        for (int record = from; record < to; record++) {
            boolean isRow = read(starts[record], lengths[record], record, targets);
            if (rowsOf != null) {
                rowsOf[record] = isRow ? 1 : 0;
            }
            if (isRow && endRows) {
                rows.endRow();
            }
        }
    }

    private boolean read(long start, int length, int record, ColumnBuilder[] targets) throws BadRecord {
        int row = targets.length == 0 ? 0 : targets[0].rowCount();
        try {
            reader.read(start, length, targets);
            completion.complete(targets, row);
            return true;
        } catch (FieldProblem problem) {
            for (ColumnBuilder target : targets) {
                target.truncate(row);
            }
            if (!ignoreParseErrors) {
                throw new BadRecord(record, problem.column(), String.valueOf(problem.getMessage()));
            }
            skipped++;
            skippedRecords.increment();
            return false;
        }
    }

    @Override
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() {}
}
