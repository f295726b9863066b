package io.sabot.executor.window;

import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.RecordWriter;
import io.sabot.executor.aggregate.Tails;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.Output;
import org.apache.arrow.memory.BufferAllocator;

/** Writes the records of sessions that leave as result rows; those whose rows have all been taken back are passed over. */
final class SessionWriter {
    private final SessionAggregateSpec spec;
    private final Aggregation aggregation;
    private final ZoneShift zone;
    private final BufferAllocator allocator;
    private long[] starts = new long[0];
    private long[] ends = new long[0];
    private long[] keyAddresses = new long[0];
    private int[] keyLengths = new int[0];

    SessionWriter(SessionAggregateSpec spec, Aggregation aggregation, ZoneShift zone, BufferAllocator allocator) {
        this.spec = spec;
        this.aggregation = aggregation;
        this.zone = zone;
        this.allocator = allocator;
    }

    /** @param records by session; moved about */
    void write(SessionContent.Fired fired, long[] records, Tails tails, Output output) {
        if (starts.length < fired.count()) {
            starts = new long[fired.count()];
            ends = new long[fired.count()];
            keyAddresses = new long[fired.count()];
            keyLengths = new int[fired.count()];
        }
        int rows = 0;
        for (int i = 0; i < fired.count(); i++) {
            if (records[i] != 0 && Aggregation.rowCount(records[i]) > 0) {
                records[rows] = records[i];
                starts[rows] = fired.starts()[i];
                ends[rows] = fired.ends()[i];
                keyAddresses[rows] = fired.keys().address(fired.keyOf()[i]);
                keyLengths[rows++] = fired.keys().length(fired.keyOf()[i]);
            }
        }
        if (rows == 0) {
            return;
        }
        try (RecordWriter writer = new RecordWriter(aggregation, spec.keyTypes(), spec.output(), allocator, rows)) {
            writer.writeResults(records, tails, keyAddresses, keyLengths, rows);
            writeWindows(writer.builder(), rows);
            output.emit(writer.builder().finish());
        }
    }

    private void writeWindows(BatchBuilder builder, int rows) {
        int first = spec.keys().size() + aggregation.resultCount();
        for (int c = 0; c < spec.columns().size(); c++) {
            ColumnBuilder column = builder.column(first + c);
            for (int i = 0; i < rows; i++) {
                column.appendLong(spec.columns().get(c).of(starts[i], ends[i], zone));
            }
        }
        for (int i = 0; i < rows; i++) {
            builder.endRow();
        }
    }
}
