package io.sabot.executor.rank;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;

/**
 * Puts rows out by ascending event time: each waits until the watermark has passed it. Rows of equal time are ordered by
 * further columns, then as they came. A row behind the watermark is late: dropped, and counted in {@code late_rows}.
 */
public final class TimeSortOperator implements Operator {
    private final RowEncoders encoders;
    private final WaitingRows waiting;
    private final SortedTies ties;
    private final RowsOut out;

    /**
     * @param spec its order is what orders rows of equal time; it has no partition
     * @param timeColumn event time, 8-byte milliseconds
     * @param offsetMillis how far the column's watermark is from the stream's
     */
    public TimeSortOperator(RankSpec spec, int timeColumn, long offsetMillis, OperatorContext context) {
        this.encoders = context.own(new RowEncoders(spec, context.allocator()));
        this.waiting = new WaitingRows(timeColumn, offsetMillis, context);
        this.ties = context.own(new SortedTies(spec, context.allocator()));
        this.out = new RowsOut(spec.output(), spec.withRank(), context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            encoders.begin(batch);
            waiting.add(batch, encoders.partitions(), encoders.rows());
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == TimeDomain.EVENT) {
            advance(watermark, output);
        }
        output.emit(watermark);
    }

    private void advance(Watermark watermark, Output output) {
        int count = waiting.take(watermark);
        int[] order = ties.order(waiting, count);
        for (int i = 0; i < count; i++) {
            RowLog log = waiting.log();
            long row = waiting.due(order[i]);
            out.add(RowKind.INSERT, log.rowAddress(row), log.rowLength(row));
            if (out.isFull()) {
                out.emit(output);
            }
        }
        out.emit(output);
        waiting.release();
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        waiting.save();
    }

    @Override
    public void onEnd(Output output) {
        advance(Watermark.event(Watermark.END), output);
    }
}
