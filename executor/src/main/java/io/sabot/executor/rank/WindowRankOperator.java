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
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import io.sabot.executor.window.ClosingWindows;
import io.sabot.executor.window.WindowTime;

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
    private final long[] records = new long[PARTITIONS];
    private final long[] one = new long[1];
    private final RowEncoders encoders;
    private final RankedRows rows;
    private final ClosingWindows windows;
    private final KeyBatch single;
    private final KeyBatch fired;
    private final RowsOut out;

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
        this.encoders = context.own(new RowEncoders(spec, context.allocator()));
        this.rows = new RankedRows(spec, encoders, false, StateBound.WATERMARK, context);
        this.windows =
                new ClosingWindows(time, RecordSpec.of(encoders.partitionLayout(), 8, StateBound.WATERMARK), context);
        this.single = context.own(new KeyBatch(context.allocator(), encoders.partitionLayout()));
        this.fired = context.own(new KeyBatch(context.allocator(), encoders.partitionLayout()));
        this.out = new RowsOut(spec.output(), spec.withRank(), context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("a row was taken back from input that only grows");
            }
            encoders.begin(batch);
            Column ends = batch.column(time.column());
            windows.begin(batch);
            for (int row = 0; row < batch.rowCount(); row++) {
                long end = ends.getLong(row);
                if (windows.isLate(end)) {
                    continue;
                }
                if (spec.from() <= spec.to()) {
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
        windows.table(end).resolve(single, one);
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
    public void onWatermark(Watermark watermark, Output output) {
        windows.pass(watermark, end -> fire(end, output));
        output.emit(watermark);
    }

    private void fire(long end, Output output) {
        try (RecordCursor cursor = windows.table(end).scan()) {
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
        windows.save();
    }

    @Override
    public void onEnd(Output output) {
        windows.end(end -> fire(end, output));
    }
}
