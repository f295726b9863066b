package io.sabot.executor.over;

import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.aggregate.Run;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Column;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Some aggregates of the frame of each row. A frame that only grows from one row to the next is added to; any other is
 * computed anew.
 */
final class FrameAggregates implements AutoCloseable {
    private final Aggregation aggregation;
    private final LocalTable record;
    private final KeyEncoder noKey;
    private final long[] one = new long[1];
    private final Run run = new Run();
    private final @Nullable Distinct distinct;

    /** Arguments seen in the present frame. */
    private static final class Distinct implements AutoCloseable {
        final KeyEncoder encoder;
        final int[] columns;
        final LocalTable seen;
        long[] records = new long[0];

        Distinct(AggregateSpec spec, BufferAllocator allocator) {
            this.encoder = new KeyEncoder(allocator, spec.argumentTypes());
            this.columns = spec.arguments().stream().mapToInt(Integer::intValue).toArray();
            this.seen = new LocalTable(allocator, encoder.layout(), 0);
        }

        @Override
        public void close() {
            encoder.close();
            seen.close();
        }
    }

    /** @param specs all without DISTINCT, or a single one */
    FrameAggregates(List<AggregateSpec> specs, BufferAllocator allocator) {
        boolean isDistinct = specs.get(0).distinct();
        assert !isDistinct || specs.size() == 1 : "DISTINCT aggregates stand alone";
        List<AggregateSpec> plain =
                specs.stream().map(AggregateSpec::withoutDistinct).toList();
        this.aggregation = Aggregation.ofRows(plain, false, allocator);
        this.noKey = new KeyEncoder(allocator, List.of());
        this.record = new LocalTable(allocator, noKey.layout(), aggregation.recordBytes());
        this.distinct = isDistinct ? new Distinct(specs.get(0), allocator) : null;
    }

    /** Appends the results of all rows to columns from {@code firstColumn} on. */
    void write(Batch batch, FrameBounds frames, BatchBuilder out, int firstColumn) {
        int begin = -1;
        int end = -1;
        for (int row = 0; row < batch.rowCount(); row++) {
            int rowBegin = frames.begin(row);
            int rowEnd = Math.max(rowBegin, frames.end(row));
            if (rowBegin != begin || rowEnd < end || row == 0) {
                reset();
                begin = rowBegin;
                end = rowBegin;
            }
            if (rowEnd > end) {
                add(batch, end, rowEnd);
                end = rowEnd;
            }
            aggregation.writeResults(one, 1, record, out, firstColumn);
        }
    }

    private void reset() {
        record.clear();
        record.resolve(noKey.encode(new Column[0], null, 1), one);
        if (distinct != null) {
            distinct.seen.clear();
        }
    }

    private void add(Batch batch, int from, int to) {
        run.setRange(batch, from, to);
        if (distinct != null) {
            thin(batch, distinct);
        }
        Arrays.fill(run.records(), 0, run.count(), one[0]);
        aggregation.update(batch, run, record);
    }

    /** Takes rows out of the run whose arguments the frame has already. */
    private void thin(Batch batch, Distinct values) {
        int[] rows = Arrays.copyOf(run.rows(), run.count());
        KeyBatch keys = values.encoder.encode(batch, values.columns, run.selection());
        if (values.records.length < rows.length) {
            values.records = new long[rows.length];
        }
        int before = values.seen.size();
        values.seen.resolve(keys, values.records);
        int kept = 0;
        for (int i = 0; i < rows.length; i++) {
            // new records have the next numbers, in the order of their first rows
            if (values.records[i] == values.seen.record(before + kept) && before + kept < values.seen.size()) {
                rows[kept++] = rows[i];
            }
        }
        run.set(batch, rows, kept);
    }

    @Override
    public void close() {
        aggregation.close();
        record.close();
        noKey.close();
        if (distinct != null) {
            distinct.close();
        }
    }
}
