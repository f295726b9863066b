package io.sabot.executor.window;

import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.aggregate.RecordWriter;
import io.sabot.executor.aggregate.TableTails;
import io.sabot.executor.aggregate.Tails;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordTable;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the records of windows that fire as result rows. Rows of several small windows share a batch; records whose rows
 * have all been taken back are passed over.
 */
final class WindowWriter implements AutoCloseable {
    private final WindowAggregateSpec spec;
    private final Aggregation aggregation;
    private final BufferAllocator allocator;
    private final ZoneShift zone;
    private final int batchRows;
    private final KeyBatch keys;
    private final long[] records;
    private final long[] keyAddresses;
    private final int[] keyLengths;
    private @Nullable Output output;
    private @Nullable RecordWriter writer;

    WindowWriter(
            WindowAggregateSpec spec,
            Aggregation aggregation,
            KeyBatch keys,
            ZoneShift zone,
            BufferAllocator allocator,
            int batchRows) {
        this.spec = spec;
        this.aggregation = aggregation;
        this.keys = keys;
        this.zone = zone;
        this.allocator = allocator;
        this.batchRows = batchRows;
        this.records = new long[batchRows];
        this.keyAddresses = new long[batchRows];
        this.keyLengths = new int[batchRows];
    }

    void begin(Output newOutput) {
        output = newOutput;
    }

    /** Writes the records of a state table. */
    void write(long windowEnd, RecordTable table) {
        Tails tails = new TableTails(table);
        try (RecordCursor cursor = table.scan()) {
            for (int count = cursor.next(keys, records); count > 0; count = cursor.next(keys, records)) {
                for (int i = 0; i < count; i++) {
                    keyAddresses[i] = keys.address(i);
                    keyLengths[i] = keys.length(i);
                }
                write(windowEnd, tails, count);
            }
        }
    }

    /** Writes the records of a table without state. */
    void write(long windowEnd, LocalTable table) {
        int from = 0;
        for (int count = table.list(0, records, keyAddresses, keyLengths);
                count > 0;
                count = table.list(from, records, keyAddresses, keyLengths)) {
            from += count;
            write(windowEnd, table, count);
        }
    }

    private void write(long windowEnd, Tails tails, int listed) {
        int count = 0;
        for (int i = 0; i < listed; i++) {
            if (Aggregation.rowCount(records[i]) > 0) {
                records[count] = records[i];
                keyAddresses[count] = keyAddresses[i];
                keyLengths[count++] = keyLengths[i];
            }
        }
        if (count == 0) {
            return;
        }
        RecordWriter rows = writer;
        if (rows == null) {
            rows = new RecordWriter(aggregation, spec.keyTypes(), spec.output(), allocator, count);
            writer = rows;
        }
        rows.writeResults(records, tails, keyAddresses, keyLengths, count);
        BatchBuilder builder = rows.builder();
        List<WindowColumn> columns = spec.columns();
        long start = spec.windows().windowStart(windowEnd);
        for (int c = 0; c < columns.size(); c++) {
            ColumnBuilder column = builder.column(spec.keys().size() + aggregation.resultCount() + c);
            long value = columns.get(c).of(start, windowEnd, zone);
            for (int i = 0; i < count; i++) {
                column.appendLong(value);
            }
        }
        for (int i = 0; i < count; i++) {
            builder.endRow();
        }
        if (builder.rowCount() >= batchRows) {
            flush();
        }
    }

    /** Puts out what has been written. */
    void flush() {
        RecordWriter rows = writer;
        if (rows != null && output != null) {
            writer = null;
            output.emit(rows.builder().finish());
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }
}
