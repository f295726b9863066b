package io.sabot.executor.rank;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.SlicedRecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import io.sabot.executor.window.WindowTime;
import io.sabot.executor.window.ZoneShift;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps the rows of each partition of a window whose rank is in a range, and puts them out when the watermark passes the
 * window's end. A row of a window that is closed is late: dropped, and counted in {@code late_rows}. Input only grows.
 *
 * <pre>
 *   windows: window end → partition → how full it is (8)
 *   rows:    see RankedRows
 * </pre>
 */
public final class WindowRankOperator implements Operator {
    private static final int PARTITIONS = 256;

    private final RankSpec spec;
    private final WindowTime time;
    private final boolean latest;
    private final ZoneShift zone;
    private final long[] records = new long[PARTITIONS];
    private final long[] one = new long[1];
    private final RowEncoders encoders;
    private final RankedRows rows;
    private final SlicedRecordTable windows;
    private final KeyBatch single;
    private final KeyBatch fired;
    private final RowsOut out;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private long watermark = Watermark.START;

    /**
     * @param time of the windows; its column is that of their end, 8-byte local milliseconds
     * @param latest whether of rows equal in order the one that came last wins; only where one row is kept
     */
    public WindowRankOperator(RankSpec spec, WindowTime time, boolean latest, OperatorContext context) {
        if (latest && (spec.function() != RankFunction.ROW_NUMBER || spec.to() != 1)) {
            throw new IllegalArgumentException("more than one row is kept");
        }
        this.spec = spec;
        this.time = time;
        this.latest = latest;
        this.zone = new ZoneShift(time.zone());
        this.encoders = context.own(new RowEncoders(spec, context.allocator()));
        this.rows = new RankedRows(spec, encoders, false, StateBound.WATERMARK, context);
        this.windows = context.state()
                .slicedTable("windows", RecordSpec.of(encoders.partitionLayout(), 8, StateBound.WATERMARK));
        this.single = context.own(new KeyBatch(context.allocator(), encoders.partitionLayout()));
        this.fired = context.own(new KeyBatch(context.allocator(), encoders.partitionLayout()));
        this.out = new RowsOut(spec.output(), spec.withRank(), context);
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter("late_rows");
        watermark = savedWatermark.get();
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("a row was taken back from input that only grows");
            }
            encoders.begin(batch);
            Column ends = batch.column(time.column());
            long over = zone.overAt(time.watermark(Math.max(watermark, batch.lateBefore())));
            for (int row = 0; row < batch.rowCount(); row++) {
                long end = ends.getLong(row);
                if (end - 1 <= over) {
                    lateRows.increment();
                } else if (spec.from() <= spec.to()) {
                    encoders.sortKey(batch, row);
                    take(end, row);
                }
            }
        }
    }

    private void take(long end, int row) {
        KeyBatch partitions = encoders.partitions();
        single.clear();
        single.append(partitions.address(row), partitions.length(row));
        windows.slice(end).resolve(single, one);
        long measure = Memory.getLong(one[0]);
        boolean isFull = measure >= spec.to();
        if (isFull) {
            int order = rows.compareWithLast(encoders, row);
            if (order > 0 || (order == 0 && spec.function() == RankFunction.ROW_NUMBER && !latest)) {
                return;
            }
            if (latest) {
                rows.removeLast(partitions, row);
                rows.add(encoders, row);
                return;
            }
        }
        rows.add(encoders, row);
        if (spec.function() == RankFunction.ROW_NUMBER) {
            if (isFull) {
                rows.removeLast(partitions, row);
            } else {
                Memory.putLong(one[0], measure + 1);
            }
        } else if (spec.to() < Long.MAX_VALUE) {
            Memory.putLong(one[0], rows.trim(partitions, row, spec.to()));
        }
    }

    @Override
    public void onWatermark(Watermark newWatermark, Output output) {
        if (newWatermark.domain() == time.domain()) {
            advance(newWatermark.millis(), output);
        }
        output.emit(newWatermark);
    }

    private void advance(long millis, Output output) {
        watermark = Math.max(watermark, millis);
        long over = zone.overAt(time.watermark(watermark));
        for (long end = windows.firstEnd();
                end != SlicedRecordTable.NONE && end - 1 <= over;
                end = windows.firstEnd()) {
            fire(end, output);
            windows.drop(end);
        }
    }

    private void fire(long end, Output output) {
        try (RecordCursor cursor = windows.slice(end).scan()) {
            for (int count = cursor.next(fired, records); count > 0; count = cursor.next(fired, records)) {
                for (int partition = 0; partition < count; partition++) {
                    fire(partition);
                    if (out.isFull()) {
                        out.emit(output);
                    }
                }
                out.emit(output);
            }
        }
    }

    private void fire(int partition) {
        rows.seek(fired, partition);
        while (rows.next()) {
            if (rows.rank() >= spec.from() && rows.rank() <= spec.to()) {
                out.addCopy(RowKind.INSERT, rows.rowAddress(), rows.rowLength(), rows.rank());
            }
            rows.remove();
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        rows.save();
        savedWatermark.set(watermark);
    }

    @Override
    public void onEnd(Output output) {
        advance(Watermark.END, output);
    }
}
