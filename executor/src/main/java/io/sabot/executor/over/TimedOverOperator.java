package io.sabot.executor.over;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.rank.TimeColumns;
import io.sabot.executor.rank.WaitingRows;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.RowLogSpec;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * OVER calls by event time: rows wait until the watermark has passed them and leave in order of time. A row at or behind the
 * watermark is late: dropped, and counted in {@code late_rows}. Rows of equal time in a partition get one value where the
 * frame is a RANGE.
 */
public final class TimedOverOperator implements Operator {
    private final OverSpec spec;
    private final int timeColumn;
    private final long offsetMillis;
    private final int[] allColumns;
    private long watermark = Watermark.START;
    private @Nullable Open open;

    private record Open(
            OperatorContext context,
            KeyEncoder partitions,
            KeyEncoder rows,
            KeyDecoder decoder,
            WaitingRows waiting,
            KeyBatch due,
            OverState state,
            LongCell watermark,
            LongAdder lateRows) {}

    /**
     * @param timeColumn event time, 8-byte milliseconds
     * @param offsetMillis how far the column's watermark is from the stream's
     */
    public TimedOverOperator(OverSpec spec, int timeColumn, long offsetMillis) {
        this.spec = spec;
        this.timeColumn = timeColumn;
        this.offsetMillis = offsetMillis;
        this.allColumns = IntStream.range(0, spec.input().size()).toArray();
    }

    @Override
    public void open(OperatorContext context) {
        LongCell cell = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        watermark = cell.get();
        RowLog log = context.state().rowLog("rows", new RowLogSpec(0, StateBound.WATERMARK));
        KeyEncoder partitions = new KeyEncoder(context.allocator(), spec.partitionTypes());
        open = new Open(
                context,
                partitions,
                KeyEncoder.ofRows(context.allocator(), spec.rowTypes()),
                new KeyDecoder(spec.rowTypes()),
                new WaitingRows(log, watermark),
                new KeyBatch(context.allocator(), partitions.layout()),
                new OverState(spec, partitions.layout(), context),
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
            KeyBatch partitions = state.partitions.encode(batch, spec.partitionColumns());
            KeyBatch rows = state.rows.encode(batch, allColumns);
            Column times = batch.column(timeColumn);
            long over = Math.max(watermark, TimeColumns.shifted(batch.lateBefore(), offsetMillis));
            for (int row = 0; row < batch.rowCount(); row++) {
                long time = times.getLong(row);
                if (time <= over) {
                    state.lateRows.increment();
                } else {
                    state.waiting.add(partitions, row, time, rows.address(row), rows.length(row));
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
        int from = 0;
        while (from < count) {
            int to = Math.min(count, from + state.context.batchRows());
            while (to < count && state.waiting.dueTime(to) == state.waiting.dueTime(to - 1)) {
                to++;
            }
            emit(state, from, to, output);
            from = to;
        }
        state.waiting.release(watermark);
        state.state.expire(watermark);
    }

    private void emit(Open state, int from, int to, Output output) {
        try (BatchBuilder builder = new BatchBuilder(spec.input(), state.context.allocator(), to - from)) {
            List<ColumnBuilder> columns = IntStream.range(0, builder.columnCount())
                    .mapToObj(builder::column)
                    .toList();
            RowLog log = state.waiting.log();
            state.due.clear();
            for (int i = from; i < to; i++) {
                long row = state.waiting.due(i);
                state.due.append(log.keyAddress(row), log.keyLength(row));
                state.decoder.decode(log.rowAddress(row), log.rowLength(row), columns, 0);
                builder.endRow();
            }
            try (Batch batch = builder.finish()) {
                output.emit(state.state.compute(
                        batch,
                        state.due,
                        batch.column(timeColumn),
                        !spec.frame().rows()));
            }
        }
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
            state.partitions.close();
            state.rows.close();
            state.due.close();
            state.state.close();
        }
    }
}
