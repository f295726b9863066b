package io.sabot.executor.window;

import io.sabot.catalog.type.Field;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.time.Watermark;
import java.util.Optional;

/**
 * Keeps the rows whose windows had all closed when they came, as an operator with these windows drops them; rows that only
 * grow. Without state: what is late is said by the batch.
 */
public final class LateRowsOperator implements Operator {
    private final Windows windows;
    private final WindowTime time;
    private final RowTimes times;
    private final LateRowsWriter late;

    /** @param stamp a further column for the watermark that the rows came behind */
    public LateRowsOperator(Windows windows, WindowTime time, Optional<Field> stamp, OperatorContext context) {
        this.windows = windows;
        this.time = time;
        this.times = new RowTimes(time);
        this.late = new LateRowsWriter(stamp, context.allocator());
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            long over = times.overUntil(batch);
            if (over == Long.MIN_VALUE) {
                return;
            }
            long[] values = times.read(batch);
            boolean ends = time.carries() == WindowTime.Carries.WINDOW_END;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (isLate(values[row], ends, over)) {
                    late.add(row);
                }
            }
            late.write(batch, times.lateBefore(batch), output);
        }
    }

    private boolean isLate(long value, boolean isEnd, long over) {
        if (isEnd) {
            return value - 1 <= over;
        }
        long pane = windows.paneEnd(value);
        long last = windows.lastWindowEnd(pane);
        return last - 1 <= over && windows.firstWindowEnd(pane) <= last;
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == time.domain()) {
            times.advance(watermark.millis());
        }
        output.emit(watermark);
    }
}
