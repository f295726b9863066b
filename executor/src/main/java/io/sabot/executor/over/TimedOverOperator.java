package io.sabot.executor.over;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.rank.WaitingRows;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.List;
import java.util.stream.IntStream;

/**
 * OVER calls by event time: rows wait until the watermark has passed them and leave in order of time. A row at or behind the
 * watermark is late: dropped, and counted in {@code late_rows}. Rows of equal time in a partition get one value where the
 * frame is a RANGE.
 */
public final class TimedOverOperator implements Operator {
    private final OverSpec spec;
    private final int timeColumn;
    private final int[] allColumns;
    private final OperatorContext context;
    private final KeyEncoder partitions;
    private final KeyEncoder rows;
    private final KeyDecoder decoder;
    private final WaitingRows waiting;
    private final KeyBatch due;
    private final OverState calls;

    /**
     * @param timeColumn event time, 8-byte milliseconds
     * @param offsetMillis how far the column's watermark is from the stream's
     */
    public TimedOverOperator(OverSpec spec, int timeColumn, long offsetMillis, OperatorContext context) {
        this.spec = spec;
        this.timeColumn = timeColumn;
        this.allColumns = IntStream.range(0, spec.input().size()).toArray();
        this.context = context;
        this.partitions = context.own(new KeyEncoder(context.allocator(), spec.partitionTypes()));
        this.rows = context.own(KeyEncoder.ofRows(context.allocator(), spec.rowTypes()));
        this.decoder = new KeyDecoder(spec.rowTypes());
        this.waiting = new WaitingRows(timeColumn, offsetMillis, context);
        this.due = context.own(new KeyBatch(context.allocator(), partitions.layout()));
        this.calls = new OverState(spec, partitions.layout(), context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            waiting.add(batch, partitions.encode(batch, spec.partitionColumns()), rows.encode(batch, allColumns));
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
        int from = 0;
        while (from < count) {
            int to = Math.min(count, from + context.batchRows());
            while (to < count && waiting.dueTime(to) == waiting.dueTime(to - 1)) {
                to++;
            }
            emit(from, to, output);
            from = to;
        }
        waiting.release();
        calls.expire(waiting.watermark());
    }

    private void emit(int from, int to, Output output) {
        try (BatchBuilder builder = new BatchBuilder(spec.input(), context.allocator(), to - from)) {
            List<ColumnBuilder> columns = builder.columns();
            RowLog log = waiting.log();
            due.clear();
            for (int i = from; i < to; i++) {
                long row = waiting.due(i);
                due.append(log.keyAddress(row), log.keyLength(row));
                decoder.decode(log.rowAddress(row), log.rowLength(row), columns, 0);
                builder.endRow();
            }
            try (Batch batch = builder.finish()) {
                output.emit(calls.compute(
                        batch, due, batch.column(timeColumn), !spec.frame().rows()));
            }
        }
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
