package io.sabot.executor.rank;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.RowLogSpec;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows out by ascending event time: each waits until the watermark has passed it. Rows of equal time are ordered by
 * further columns, then as they came. A row behind the watermark is late: dropped, and counted in {@code late_rows}.
 */
public final class TimeSortOperator implements Operator {
    private final RankSpec spec;
    private final int timeColumn;
    private final long offsetMillis;
    private long watermark = Watermark.START;
    private @Nullable Open open;

    private record Open(
            RowEncoders encoders,
            WaitingRows waiting,
            SortedTies ties,
            RowsOut out,
            LongCell watermark,
            LongAdder lateRows) {}

    /**
     * @param spec its order is what orders rows of equal time; it has no partition
     * @param timeColumn event time, 8-byte milliseconds
     * @param offsetMillis how far the column's watermark is from the stream's
     */
    public TimeSortOperator(RankSpec spec, int timeColumn, long offsetMillis) {
        this.spec = spec;
        this.timeColumn = timeColumn;
        this.offsetMillis = offsetMillis;
    }

    @Override
    public void open(OperatorContext context) {
        LongCell cell = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        watermark = cell.get();
        RowLog log = context.state().rowLog("rows", new RowLogSpec(0, StateBound.WATERMARK));
        open = new Open(
                new RowEncoders(spec, context.allocator()),
                new WaitingRows(log, watermark),
                new SortedTies(spec, context.allocator()),
                new RowsOut(spec, context),
                cell,
                context.counter("late_rows"));
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
            Open state = opened();
            state.encoders.begin(batch);
            Column times = batch.column(timeColumn);
            long over = Math.max(watermark, TimeColumns.shifted(batch.lateBefore(), offsetMillis));
            for (int row = 0; row < batch.rowCount(); row++) {
                long time = times.getLong(row);
                if (time <= over) {
                    state.lateRows.increment();
                } else {
                    state.waiting.add(
                            state.encoders.partitions(),
                            row,
                            time,
                            state.encoders.rows().address(row),
                            state.encoders.rows().length(row));
                }
            }
        }
    }

    @Override
    public void onWatermark(Watermark newWatermark, Output output) {
        if (newWatermark.domain() == TimeDomain.EVENT) {
            advance(TimeColumns.shifted(newWatermark.millis(), offsetMillis), output);
        }
        output.emit(newWatermark);
    }

    private void advance(long until, Output output) {
        Open state = opened();
        watermark = Math.max(watermark, until);
        int count = state.waiting.take(watermark);
        int[] order = state.ties.order(state.waiting, count);
        for (int i = 0; i < count; i++) {
            RowLog log = state.waiting.log();
            long row = state.waiting.due(order[i]);
            state.out.add(RowKind.INSERT, log.rowAddress(row), log.rowLength(row), 0);
            if (state.out.isFull()) {
                state.out.emit(output);
            }
        }
        state.out.emit(output);
        state.waiting.release(watermark);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        opened().watermark.set(watermark);
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
            state.ties.close();
        }
    }
}
