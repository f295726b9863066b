package io.sabot.executor.window;

import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.aggregate.PartialWriter;
import io.sabot.executor.aggregate.Run;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.ArrayDeque;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Aggregates rows by key and pane before an exchange: output is keys, accumulators, a signed count of rows and the end of
 * the pane in local milliseconds.
 *
 * <p>Holds nothing across a barrier or across a watermark that closes a pane, and no more than {@link #MAX_RECORDS} records
 * at any time, so its watermark is its only state. Drops late rows before they are merged (counter {@code late_rows}). A row that is late
 * for some of its windows leaves at once, in a batch whose {@code lateBefore} says so.
 */
public final class LocalWindowAggregateOperator implements Operator {
    /** Records that are collected before all are put out. */
    public static final int MAX_RECORDS = 32 << 10;

    private final WindowAggregateSpec spec;
    private final int[] keyColumns;
    private final RowTimes times;
    private final PaneBuckets buckets;
    private final Run run = new Run();
    private final TreeMap<Long, LocalTable> panes = new TreeMap<>();
    private final ArrayDeque<LocalTable> spare = new ArrayDeque<>();
    private final OperatorContext context;
    private final Aggregation aggregation;
    private final KeyEncoder encoder;
    private final PartialWriter writer;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private int recordCount;

    public LocalWindowAggregateOperator(WindowAggregateSpec spec, OperatorContext context) {
        if (spec.aggregates().stream().anyMatch(call -> call.needsValues(spec.retracting()))) {
            throw new IllegalArgumentException("such aggregates have no local phase: " + spec.aggregates());
        }
        this.spec = spec;
        this.keyColumns = spec.keyColumns();
        this.times = new RowTimes(spec.time());
        this.buckets = new PaneBuckets(spec.windows(), PaneBuckets.Split.MARK_LATE_ROWS);
        this.context = context;
        this.aggregation = context.own(Aggregation.ofRows(spec.aggregates(), spec.retracting(), context.allocator()));
        this.encoder = context.own(new KeyEncoder(context.allocator(), spec.keyTypes()));
        this.writer = new PartialWriter(aggregation, spec.keyTypes(), spec.output(), context);
        this.savedWatermark = context.state().cell("local-watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter("late_rows");
        times.advance(savedWatermark.get());
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            buckets.begin(times.overUntil(batch));
            long[] values = times.read(batch);
            if (spec.time().carries() == WindowTime.Carries.ROW_TIME) {
                buckets.addTimes(values, batch.rowCount());
            } else {
                buckets.addPanes(values, batch.rowCount());
            }
            for (int b = 0; b < buckets.bucketCount(); b++) {
                PaneBuckets.Bucket bucket = buckets.bucket(b);
                if (bucket.isWindow()) {
                    emitAtOnce(batch, bucket, output);
                } else {
                    LocalTable table = panes.computeIfAbsent(bucket.end(), end -> takeTable());
                    int before = table.size();
                    add(batch, bucket, table);
                    recordCount += table.size() - before;
                }
            }
            if (buckets.late().count() > 0) {
                lateRows.add(buckets.late().count());
            }
        }
        if (recordCount > MAX_RECORDS) {
            flushUntil(Long.MAX_VALUE, output);
        }
    }

    private LocalTable takeTable() {
        LocalTable table = spare.pollFirst();
        return table != null
                ? table
                : context.own(new LocalTable(context.allocator(), encoder.layout(), aggregation.recordBytes()));
    }

    private void add(Batch batch, PaneBuckets.Bucket bucket, LocalTable table) {
        KeyBatch keys = encoder.encode(batch, keyColumns, new Selection(bucket.rows(), bucket.count()));
        run.set(batch, bucket.rows(), bucket.count());
        table.resolve(keys, run.records());
        aggregation.update(batch, run, table);
    }

    private void emitAtOnce(Batch batch, PaneBuckets.Bucket bucket, Output output) {
        LocalTable table = takeTable();
        try {
            add(batch, bucket, table);
            emit(bucket.end(), table, times.lateBefore(batch), output);
        } finally {
            table.clear();
            spare.addFirst(table);
        }
    }

    /** Puts out the panes that end at {@code lastEnd} or before. */
    private void flushUntil(long lastEnd, Output output) {
        while (!panes.isEmpty() && panes.firstKey() <= lastEnd) {
            LocalTable table = panes.firstEntry().getValue();
            emit(panes.firstKey(), table, Batch.NOT_LATE, output);
            recordCount -= table.size();
            panes.pollFirstEntry();
            table.clear();
            spare.addFirst(table);
        }
    }

    private void emit(long paneEnd, LocalTable table, long lateBefore, Output output) {
        PartialWriter.RowEnd withPane = (builder, rows) -> {
            ColumnBuilder end = builder.column(builder.columnCount() - 1);
            for (int i = 0; i < rows; i++) {
                end.appendLong(paneEnd);
                builder.endRow();
            }
        };
        writer.write(table, withPane, lateBefore, output);
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == spec.time().domain()) {
            times.advance(watermark.millis());
            long over = times.overUntil();
            flushUntil(over == Long.MAX_VALUE ? over : over + 1, output);
        }
        output.emit(watermark);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        flushUntil(Long.MAX_VALUE, output);
        savedWatermark.set(times.watermark());
    }

    @Override
    public void onEnd(Output output) {
        flushUntil(Long.MAX_VALUE, output);
    }
}
