package io.sabot.executor.window;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;
import io.sabot.executor.time.Watermark;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Windows that rows carry by their end, each with a table of its own until the watermark has passed it. A row of a window that is
 * closed is late, and counted in {@code late_rows}.
 */
public final class ClosingWindows {
    private final WindowTime time;
    private final RowTimes times;
    private final SlicedRecordTable windows;
    private final LongCell savedWatermark;
    private final LongAdder lateRows;
    private long over;

    /** @param time domain, zone and offset of the windows; its column is not used */
    public ClosingWindows(WindowTime time, RecordSpec spec, OperatorContext context) {
        this.time = time;
        this.times = new RowTimes(time);
        this.windows = context.state().slicedTable("windows", spec);
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        this.lateRows = context.counter("late_rows");
        times.advance(savedWatermark.get());
    }

    /** Looks at the batch whose rows come next. */
    public void begin(Batch batch) {
        over = times.overUntil(batch);
    }

    /** Whether a row of the batch is late, as the window with this end is closed. Counts it then. */
    public boolean isLate(long end) {
        if (end - 1 > over) {
            return false;
        }
        lateRows.increment();
        return true;
    }

    /** The table of an open window. */
    public RecordTable table(long end) {
        return windows.slice(end);
    }

    /** Closes the windows that a watermark passes, in order of their ends, if it is of their time; their tables go afterwards. */
    public void pass(Watermark watermark, LongConsumer fire) {
        if (watermark.domain() == time.domain()) {
            close(watermark.millis(), fire);
        }
    }

    /** Closes all windows. */
    public void end(LongConsumer fire) {
        close(Watermark.END, fire);
    }

    private void close(long millis, LongConsumer fire) {
        times.advance(millis);
        long passed = times.overUntil();
        for (long end = windows.firstEnd();
                end != SlicedRecordTable.NONE && end - 1 <= passed;
                end = windows.firstEnd()) {
            fire.accept(end);
            windows.drop(end);
        }
    }

    /** To be called at a barrier. */
    public void save() {
        savedWatermark.set(times.watermark());
    }
}
