package io.sabot.executor.rank;

import io.sabot.executor.aggregate.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
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
import org.jspecify.annotations.Nullable;

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
    private long watermark = Watermark.START;
    private @Nullable Open open;

    private record Open(
            RowEncoders encoders,
            RankedRows rows,
            SlicedRecordTable windows,
            KeyBatch single,
            KeyBatch fired,
            Arena arena,
            RowsOut out,
            LongCell watermark,
            LongAdder lateRows) {}

    /**
     * @param time of the windows; its column is that of their end, 8-byte local milliseconds
     * @param latest whether of rows equal in order the one that came last wins; only where one row is kept
     */
    public WindowRankOperator(RankSpec spec, WindowTime time, boolean latest) {
        if (latest && (spec.function() != RankFunction.ROW_NUMBER || spec.to() != 1)) {
            throw new IllegalArgumentException("more than one row is kept");
        }
        this.spec = spec;
        this.time = time;
        this.latest = latest;
        this.zone = new ZoneShift(time.zone());
    }

    @Override
    public void open(OperatorContext context) {
        RowEncoders encoders = new RowEncoders(spec, context.allocator());
        open = new Open(
                encoders,
                new RankedRows(spec, encoders, false, StateBound.WATERMARK, context),
                context.state()
                        .slicedTable("windows", RecordSpec.of(encoders.partitionLayout(), 8, StateBound.WATERMARK)),
                new KeyBatch(context.allocator(), encoders.partitionLayout()),
                new KeyBatch(context.allocator(), encoders.partitionLayout()),
                new Arena(context.allocator()),
                new RowsOut(spec, context),
                context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN),
                context.counter("late_rows"));
        watermark = open.watermark.get();
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("a row was taken back from input that only grows");
            }
            Open state = opened();
            state.encoders.begin(batch);
            Column ends = batch.column(time.column());
            long over = zone.overAt(time.watermark(Math.max(watermark, batch.lateBefore())));
            for (int row = 0; row < batch.rowCount(); row++) {
                long end = ends.getLong(row);
                if (end - 1 <= over) {
                    state.lateRows.increment();
                } else if (spec.from() <= spec.to()) {
                    state.encoders.sortKey(batch, row);
                    take(state, end, row);
                }
            }
        }
    }

    private void take(Open state, long end, int row) {
        KeyBatch partitions = state.encoders.partitions();
        state.single.clear();
        state.single.append(partitions.address(row), partitions.length(row));
        state.windows.slice(end).resolve(state.single, one);
        long measure = Memory.getLong(one[0]);
        boolean isFull = measure >= spec.to();
        if (isFull) {
            int order = state.rows.compareWithLast(state.encoders, row);
            if (order > 0 || (order == 0 && spec.function() == RankFunction.ROW_NUMBER && !latest)) {
                return;
            }
            if (latest) {
                state.rows.removeLast(partitions, row);
                state.rows.add(state.encoders, row);
                return;
            }
        }
        state.rows.add(state.encoders, row);
        if (spec.function() == RankFunction.ROW_NUMBER) {
            if (isFull) {
                state.rows.removeLast(partitions, row);
            } else {
                Memory.putLong(one[0], measure + 1);
            }
        } else if (spec.to() < Long.MAX_VALUE) {
            Memory.putLong(one[0], state.rows.trim(partitions, row, spec.to()));
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
        Open state = opened();
        watermark = Math.max(watermark, millis);
        long over = zone.overAt(time.watermark(watermark));
        for (long end = state.windows.firstEnd();
                end != SlicedRecordTable.NONE && end - 1 <= over;
                end = state.windows.firstEnd()) {
            fire(state, end, output);
            state.windows.drop(end);
        }
    }

    private void fire(Open state, long end, Output output) {
        try (RecordCursor cursor = state.windows.slice(end).scan()) {
            for (int count = cursor.next(state.fired, records); count > 0; count = cursor.next(state.fired, records)) {
                for (int partition = 0; partition < count; partition++) {
                    fire(state, partition);
                    if (state.out.isFull()) {
                        emit(state, output);
                    }
                }
                emit(state, output);
            }
        }
    }

    private void fire(Open state, int partition) {
        state.rows.seek(state.fired, partition);
        while (state.rows.next()) {
            if (state.rows.rank() >= spec.from() && state.rows.rank() <= spec.to()) {
                int length = state.rows.rowLength();
                state.out.add(
                        RowKind.INSERT, state.arena.append(state.rows.rowAddress(), length), length, state.rows.rank());
            }
            state.rows.remove();
        }
    }

    private static void emit(Open state, Output output) {
        state.out.emit(state.arena, output);
        state.arena.clear();
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        Open state = opened();
        state.rows.save();
        state.watermark.set(watermark);
    }

    @Override
    public void onEnd(Output output) {
        advance(Watermark.END, output);
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.encoders.close();
            state.rows.close();
            state.single.close();
            state.fired.close();
            state.arena.close();
        }
    }
}
