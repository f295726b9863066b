package io.sabot.executor.window;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.Run;
import io.sabot.executor.aggregate.TableTails;
import io.sabot.executor.aggregate.ValueState;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.state.StateStore;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates rows by key and window of fixed size, and puts a window out once, when the watermark passes its last
 * millisecond. Takes rows, or the accumulators of a local phase.
 *
 * <p>A batch is cut by panes, so a table is looked up once per pane and batch. Counter {@code late_rows}: rows that came
 * when all their windows were closed. The watermark is passed on as that of {@code window_time}. State is bounded by the
 * watermark: panes are dropped with the last window that holds them.
 */
public final class WindowAggregateOperator implements Operator {
    /** Stands for "nothing is over yet", far enough from the smallest long to calculate with. */
    private static final long EARLIEST = Long.MIN_VALUE / 2;

    private final WindowAggregateSpec spec;
    private final boolean partials;
    private final boolean direct;
    private final int[] keyColumns;
    private final RowTimes times;
    private final PaneBuckets buckets;
    private final Run run = new Run();

    private final Aggregation aggregation;

    private final KeyEncoder encoder;
    private final KeyBatch keys;
    private final WindowStore store;
    private final @Nullable ValueState values;
    private final @Nullable MergeTable merge;
    private final WindowWriter writer;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;

    /** @param partials whether the input is what {@link LocalWindowAggregateOperator} puts out */
    public WindowAggregateOperator(WindowAggregateSpec spec, boolean partials, OperatorContext context) {
        this.spec = spec;
        this.partials = partials;
        this.keyColumns = spec.keyColumns();
        this.times = new RowTimes(spec.time());
        boolean needsValues =
                !partials && spec.aggregates().stream().anyMatch(call -> call.needsValues(spec.retracting()));
        this.direct =
                needsValues || spec.windows().paneIsWindow() || spec.time().carries() == WindowTime.Carries.WINDOW_END;
        this.buckets =
                new PaneBuckets(spec.windows(), direct ? PaneBuckets.Split.ALL_ROWS : PaneBuckets.Split.LATE_ROWS);
        this.aggregation = context.own(
                partials
                        ? Aggregation.ofPartials(
                                spec.aggregates(), spec.keys().size(), spec.retracting(), context.allocator())
                        : Aggregation.ofRows(spec.aggregates(), spec.retracting(), context.allocator()));
        this.encoder = context.own(new KeyEncoder(context.allocator(), spec.keyTypes()));
        this.keys = context.own(new KeyBatch(context.allocator(), encoder.layout()));
        RecordSpec records = new RecordSpec(
                encoder.layout(), aggregation.recordBytes(), aggregation.hasTail(), StateBound.WATERMARK);
        this.merge = direct ? null : context.own(new MergeTable(context.allocator(), encoder.layout(), aggregation));
        this.store = store(context.state(), records, merge);
        this.values = aggregation.hasValues()
                ? ValueState.ofWindows(aggregation, spec.keyTypes(), keyColumns, spec.retracting(), context)
                : null;
        this.writer = context.own(
                new WindowWriter(spec, aggregation, keys, times.zone(), context.allocator(), context.batchRows()));
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter("late_rows");
        times.advance(savedWatermark.get());
    }

    private WindowStore store(StateStore state, RecordSpec records, @Nullable MergeTable merge) {
        if (merge == null) {
            return new DirectWindows(state.slicedTable("windows", records));
        }
        return switch (spec.windows().kind()) {
            case TUMBLE -> throw new AssertionError("panes of TUMBLE are windows");
            case HOP ->
                new HopWindows(
                        spec.windows(),
                        state.slicedTable("panes", records),
                        state.slicedTable("windows", records),
                        merge);
            case CUMULATE ->
                new CumulatedWindows(
                        spec.windows(),
                        state.slicedTable("panes", records),
                        state.slicedTable("totals", records),
                        merge::pour);
        };
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            buckets.begin(times.overUntil(batch));
            long[] values = times.read(batch);
            switch (spec.time().carries()) {
                case ROW_TIME -> buckets.addTimes(values, batch.rowCount());
                case PANE_END -> {
                    moveOn(values, batch.rowCount());
                    buckets.addPanes(values, batch.rowCount());
                }
                case WINDOW_END -> buckets.addWindows(values, batch.rowCount());
            }
            for (int b = 0; b < buckets.bucketCount(); b++) {
                add(batch, buckets.bucket(b));
            }
            if (buckets.late().count() > 0) {
                lateRows.add(lateRows(batch, buckets.late()));
            }
        }
    }

    /** A pane of processing time that has closed on its way here counts in the present one: nothing is late. */
    private void moveOn(long[] paneEnds, int count) {
        long over = times.overUntil();
        if (times.isProcessingTime() && over > EARLIEST && over < Long.MAX_VALUE) {
            long present = spec.windows().paneEnd(over + 1);
            for (int i = 0; i < count; i++) {
                paneEnds[i] = Math.max(paneEnds[i], present);
            }
        }
    }

    /** Number of rows that late input stands for. */
    private long lateRows(Batch batch, PaneBuckets.Bucket late) {
        if (!partials) {
            return late.count();
        }
        Column counts = batch.column(spec.keys().size() + Aggregation.partialColumns(spec.aggregates()));
        long sum = 0;
        for (int i = 0; i < late.count(); i++) {
            sum += Math.abs(counts.getLong(late.rows()[i]));
        }
        return sum;
    }

    private void add(Batch batch, PaneBuckets.Bucket bucket) {
        RecordTable table = bucket.isWindow() ? store.window(bucket.end()) : store.pane(bucket.end());
        KeyBatch keys = encoder.encode(batch, keyColumns, new Selection(bucket.rows(), bucket.count()));
        run.set(batch, bucket.rows(), bucket.count());
        table.resolve(keys, run.records());
        if (values == null) {
            aggregation.update(batch, run, new TableTails(table));
        } else {
            values.update(bucket.end(), batch, run, new TableTails(table));
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() != spec.time().domain()) {
            output.emit(watermark);
            return;
        }
        long before = times.overUntil();
        times.advance(watermark.millis());
        fire(before, output);
        boolean shifts = watermark.domain() == TimeDomain.EVENT;
        output.emit(shifts ? Watermark.event(spec.time().watermark(watermark.millis())) : watermark);
    }

    /** Puts out the windows that have come to their end since {@code before}. */
    private void fire(long before, Output output) {
        long over = times.overUntil();
        if (over <= before) {
            return;
        }
        writer.begin(output);
        long fired = Math.max(before, EARLIEST) + 1;
        for (long end = store.nextEnd(fired); end != WindowStore.NONE && end - 1 <= over; end = store.nextEnd(fired)) {
            if (values != null) {
                values.dropWindow(end, store.window(end));
            }
            store.fire(end, writer);
            fired = end;
        }
        writer.flush();
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        savedWatermark.set(times.watermark());
    }

    @Override
    public void onEnd(Output output) {
        long before = times.overUntil();
        times.advance(Watermark.END);
        fire(before, output);
    }
}
