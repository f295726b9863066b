package io.sabot.executor.window;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.aggregate.RecordWriter;
import io.sabot.executor.aggregate.Run;
import io.sabot.executor.aggregate.TableTails;
import io.sabot.executor.aggregate.Tails;
import io.sabot.executor.aggregate.ValueState;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates rows by key and window of fixed size, and shows results that change: before a window is complete, every so often
 * on the clock, and behind its end, for rows that come late but not too late. Beside the records of a window are those
 * last put out, so what leaves is the difference.
 *
 * <p>A window is forgotten when the watermark has passed its end by the allowed lateness; rows of forgotten windows are
 * dropped (counter {@code late_rows}).
 */
public final class UpdatingWindowOperator implements Operator {
    private static final int ROWS = 1024;
    /** Stands for "nothing is over yet", far enough from the smallest long to calculate with. */
    private static final long EARLIEST = Long.MIN_VALUE / 2;

    private final WindowAggregateSpec spec;
    private final long latenessMillis;
    private final long earlyMillis;
    private final int[] keyColumns;
    private final RowTimes times;
    private final PaneBuckets buckets;
    private final Run run = new Run();
    private final Set<Long> changed = new HashSet<>();
    private final long[] live = new long[ROWS];
    private final Changes changes = new Changes();
    private final OperatorContext context;
    private final Aggregation aggregation;
    private final KeyEncoder encoder;
    private final KeyBatch keys;
    private final SlicedRecordTable windows;
    private final SlicedRecordTable shownWindows;
    private final LocalTable seenTable;
    private final @Nullable ValueState values;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private long[] shown = new long[ROWS];
    private long[] seen = new long[ROWS];
    private boolean lookAtAll = true;
    private long nextLook = Long.MIN_VALUE;

    /** Records whose results differ from those last put out. */
    private static final class Changes {
        private long[] records = new long[ROWS];
        private long[] keyAddresses = new long[ROWS];
        private int[] keyLengths = new int[ROWS];
        private int count;

        void reset(int capacity) {
            count = 0;
            if (records.length < capacity) {
                records = new long[capacity];
                keyAddresses = new long[capacity];
                keyLengths = new int[capacity];
            }
        }

        void add(long record, KeyBatch keys, int key) {
            records[count] = record;
            keyAddresses[count] = keys.address(key);
            keyLengths[count++] = keys.length(key);
        }
    }

    /**
     * For rows, not for the accumulators of a local phase.
     *
     * @param latenessMillis how long a window takes rows behind its end
     * @param earlyMillis time between looks at windows that are not complete; 0 for none
     */
    public UpdatingWindowOperator(
            WindowAggregateSpec spec, long latenessMillis, long earlyMillis, OperatorContext context) {
        this.spec = spec;
        this.latenessMillis = latenessMillis;
        this.earlyMillis = earlyMillis;
        this.keyColumns = spec.keyColumns();
        this.times = new RowTimes(spec.time());
        this.buckets = new PaneBuckets(spec.windows(), PaneBuckets.Split.ALL_ROWS);
        this.context = context;
        this.aggregation = context.own(Aggregation.ofRows(spec.aggregates(), spec.retracting(), context.allocator()));
        this.encoder = context.own(new KeyEncoder(context.allocator(), spec.keyTypes()));
        RecordSpec records = new RecordSpec(
                encoder.layout(), aggregation.recordBytes(), aggregation.hasTail(), StateBound.WATERMARK);
        this.keys = context.own(new KeyBatch(context.allocator(), encoder.layout()));
        this.windows = context.state().slicedTable("windows", records);
        this.shownWindows = context.state().slicedTable("shown", records);
        this.seenTable = context.own(new LocalTable(context.allocator(), encoder.layout(), 8));
        this.values = aggregation.hasValues()
                ? ValueState.ofWindows(aggregation, spec.keyTypes(), keyColumns, spec.retracting(), context)
                : null;
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter("late_rows");
        times.advance(savedWatermark.get());
    }

    /** Up to when windows are forgotten, when everything up to a moment is over. */
    private long forgotten(long over) {
        return over == Long.MAX_VALUE ? over : Math.max(over, EARLIEST) - latenessMillis;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            buckets.begin(forgotten(times.overUntil(batch)));
            buckets.addTimes(times.read(batch), batch.rowCount());
            long over = times.overUntil();
            for (int b = 0; b < buckets.bucketCount(); b++) {
                PaneBuckets.Bucket bucket = buckets.bucket(b);
                KeyBatch keys = add(batch, bucket);
                if (bucket.end() - 1 <= over) {
                    show(bucket.end(), keys, run.records(), output);
                } else if (earlyMillis > 0) {
                    changed.add(bucket.end());
                }
            }
            lateRows.add(buckets.late().count());
        }
    }

    private KeyBatch add(Batch batch, PaneBuckets.Bucket bucket) {
        RecordTable table = windows.slice(bucket.end());
        KeyBatch keys = encoder.encode(batch, keyColumns, new Selection(bucket.rows(), bucket.count()));
        run.set(batch, bucket.rows(), bucket.count());
        table.resolve(keys, run.records());
        if (values == null) {
            aggregation.update(batch, run, new TableTails(table));
        } else {
            values.update(bucket.end(), batch, run, new TableTails(table));
        }
        return keys;
    }

    /** Puts out what has changed of some records of a window since they were put out. */
    private void show(long windowEnd, KeyBatch keys, long[] records, Output output) {
        int count = keys.count();
        if (shown.length < count) {
            shown = new long[count];
            seen = new long[count];
        }
        RecordTable liveTable = windows.slice(windowEnd);
        RecordTable shownTable = shownWindows.slice(windowEnd);
        shownTable.resolve(keys, shown);
        seenTable.clear();
        seenTable.resolve(keys, seen);
        Tails liveTails = aggregation.hasTail() ? new TableTails(liveTable) : Tails.NONE;
        Tails shownTails = aggregation.hasTail() ? new TableTails(shownTable) : Tails.NONE;
        int rows = 0;
        int[] kept = new int[count];
        for (int i = 0; i < count; i++) {
            if (Memory.getLong(seen[i]) == 0 && !isSame(records[i], liveTails, shown[i], shownTails)) {
                kept[rows++] = i;
            }
            Memory.putLong(seen[i], 1);
        }
        if (rows == 0) {
            return;
        }
        try (RecordWriter writer =
                new RecordWriter(aggregation, spec.keyTypes(), spec.output(), context.allocator(), rows * 2)) {
            write(writer, windowEnd, keys, kept, rows, shown, records, shownTails, true);
            write(writer, windowEnd, keys, kept, rows, records, shown, liveTails, false);
            for (int r = 0; r < rows; r++) {
                copy(records[kept[r]], liveTails, shown[kept[r]], shownTails);
            }
            output.emit(writer.builder().finish());
        }
    }

    /** Writes one half of the updates: what was, or what is. A group without rows has no result. */
    private void write(
            RecordWriter writer,
            long windowEnd,
            KeyBatch keys,
            int[] kept,
            int keptCount,
            long[] records,
            long[] others,
            Tails tails,
            boolean before) {
        changes.reset(keptCount);
        byte[] kinds = new byte[keptCount];
        for (int r = 0; r < keptCount; r++) {
            int i = kept[r];
            if (Aggregation.rowCount(records[i]) > 0) {
                boolean both = Aggregation.rowCount(others[i]) > 0;
                kinds[changes.count] = kind(before, both).code();
                changes.add(records[i], keys, i);
            }
        }
        if (changes.count == 0) {
            return;
        }
        writer.writeResults(changes.records, tails, changes.keyAddresses, changes.keyLengths, changes.count);
        BatchBuilder builder = writer.builder();
        long start = spec.windows().windowStart(windowEnd);
        int first = spec.keys().size() + aggregation.resultCount();
        for (int c = 0; c < spec.columns().size(); c++) {
            ColumnBuilder column = builder.column(first + c);
            long value = spec.columns().get(c).of(start, windowEnd, times.zone());
            for (int i = 0; i < changes.count; i++) {
                column.appendLong(value);
            }
        }
        for (int i = 0; i < changes.count; i++) {
            builder.endRow(kinds[i]);
        }
    }

    private static RowKind kind(boolean before, boolean both) {
        if (before) {
            return both ? RowKind.UPDATE_BEFORE : RowKind.DELETE;
        }
        return both ? RowKind.UPDATE_AFTER : RowKind.INSERT;
    }

    private boolean isSame(long a, Tails aTails, long b, Tails bTails) {
        for (int word = 0; word < aggregation.recordBytes(); word += 8) {
            if (Memory.getLong(a + word) != Memory.getLong(b + word)) {
                return false;
            }
        }
        if (!aggregation.hasTail()) {
            return true;
        }
        int length = aTails.length(a);
        return length == bTails.length(b) && Memory.equal(aTails.address(a), bTails.address(b), length);
    }

    private void copy(long from, Tails fromTails, long to, Tails toTails) {
        Memory.copy(from, to, aggregation.recordBytes());
        if (aggregation.hasTail()) {
            toTails.set(to, fromTails.length(from) == 0 ? 0 : fromTails.address(from), fromTails.length(from));
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == spec.time().domain()) {
            long before = times.overUntil();
            times.advance(watermark.millis());
            complete(before, output);
        }
        if (watermark.domain() == TimeDomain.PROCESSING && earlyMillis > 0) {
            lookEarly(watermark.millis(), output);
        }
        boolean shifts = watermark.domain() == TimeDomain.EVENT && spec.time().domain() == TimeDomain.EVENT;
        output.emit(shifts ? Watermark.event(spec.time().watermark(watermark.millis())) : watermark);
    }

    /** Puts out the windows that have come to their end since {@code before}, and forgets those that take no more rows. */
    private void complete(long before, Output output) {
        long over = times.overUntil();
        if (over <= before) {
            return;
        }
        long last = over == Long.MAX_VALUE ? over : over + 1;
        long first = Math.max(before, EARLIEST) + 1;
        for (long end = windows.nextEnd(first);
                end != SlicedRecordTable.NONE && end <= last;
                end = windows.nextEnd(end)) {
            showAll(end, output);
        }
        long forgotten = forgotten(over);
        for (long end = windows.firstEnd();
                end != SlicedRecordTable.NONE && end - 1 <= forgotten;
                end = windows.firstEnd()) {
            if (values != null) {
                values.dropWindow(end, windows.slice(end));
            }
            windows.drop(end);
            shownWindows.drop(end);
            changed.remove(end);
        }
    }

    private void lookEarly(long now, Output output) {
        if (now < nextLook || now == Watermark.END) {
            return;
        }
        nextLook = Math.floorDiv(now, earlyMillis) * earlyMillis + earlyMillis;
        SlicedRecordTable windows = this.windows;
        for (long end = windows.firstEnd(); end != SlicedRecordTable.NONE; end = windows.nextEnd(end)) {
            if (lookAtAll || changed.contains(end)) {
                showAll(end, output);
            }
        }
        changed.clear();
        lookAtAll = false;
    }

    private void showAll(long windowEnd, Output output) {
        try (RecordCursor cursor = windows.slice(windowEnd).scan()) {
            while (cursor.next(keys, live) > 0) {
                show(windowEnd, keys, live, output);
            }
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        savedWatermark.set(times.watermark());
    }

    @Override
    public void onEnd(Output output) {
        long before = times.overUntil();
        times.advance(Watermark.END);
        complete(before, output);
    }
}
