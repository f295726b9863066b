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

/**
 * Puts rows out by ascending event time: each waits until the watermark has passed it. Rows of equal time are ordered by
 * further columns, then as they came. A row behind the watermark is late: dropped, and counted in {@code late_rows}.
 */
public final class TimeSortOperator implements Operator {
    private final int timeColumn;
    private final long offsetMillis;
    private final RowEncoders encoders;
    private final WaitingRows waiting;
    private final SortedTies ties;
    private final RowsOut out;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private long watermark = Watermark.START;

    /**
     * @param spec its order is what orders rows of equal time; it has no partition
     * @param timeColumn event time, 8-byte milliseconds
     * @param offsetMillis how far the column's watermark is from the stream's
     */
    public TimeSortOperator(RankSpec spec, int timeColumn, long offsetMillis, OperatorContext context) {
        this.timeColumn = timeColumn;
        this.offsetMillis = offsetMillis;
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        watermark = savedWatermark.get();
        RowLog log = context.state().rowLog("rows", new RowLogSpec(0, StateBound.WATERMARK));
        this.encoders = context.own(new RowEncoders(spec, context.allocator()));
        this.waiting = new WaitingRows(log, watermark);
        this.ties = context.own(new SortedTies(spec, context.allocator()));
        this.out = new RowsOut(spec, context);
        this.lateRows = context.counter("late_rows");
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            encoders.begin(batch);
            Column times = batch.column(timeColumn);
            long over = Math.max(watermark, TimeColumns.shifted(batch.lateBefore(), offsetMillis));
            for (int row = 0; row < batch.rowCount(); row++) {
                long time = times.getLong(row);
                if (time <= over) {
                    lateRows.increment();
                } else {
                    waiting.add(
                            encoders.partitions(),
                            row,
                            time,
                            encoders.rows().address(row),
                            encoders.rows().length(row));
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
        watermark = Math.max(watermark, until);
        int count = waiting.take(watermark);
        int[] order = ties.order(waiting, count);
        for (int i = 0; i < count; i++) {
            RowLog log = waiting.log();
            long row = waiting.due(order[i]);
            out.add(RowKind.INSERT, log.rowAddress(row), log.rowLength(row), 0);
            if (out.isFull()) {
                out.emit(output);
            }
        }
        out.emit(output);
        waiting.release(watermark);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        savedWatermark.set(watermark);
    }

    @Override
    public void onEnd(Output output) {
        advance(Watermark.END, output);
    }
}
