package io.sabot.executor.window;

import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;
import java.util.function.BiConsumer;

/** A table per pane, poured into one running total per longest window, which every step puts out. */
final class CumulatedWindows implements WindowStore {
    private final Windows windows;
    private final SlicedRecordTable panes;
    private final SlicedRecordTable totals;
    private final BiConsumer<RecordTable, RecordTable> pour;

    /** @param pour adds the records of the first table to those of the second */
    CumulatedWindows(
            Windows windows,
            SlicedRecordTable panes,
            SlicedRecordTable totals,
            BiConsumer<RecordTable, RecordTable> pour) {
        this.windows = windows;
        this.panes = panes;
        this.totals = totals;
        this.pour = pour;
    }

    @Override
    public RecordTable pane(long paneEnd) {
        return panes.slice(paneEnd);
    }

    @Override
    public RecordTable window(long windowEnd) {
        throw new AssertionError("rows go to the first open pane");
    }

    @Override
    public long nextEnd(long after) {
        long total = totals.firstEnd();
        long step = NONE;
        if (total != SlicedRecordTable.NONE) {
            step = Math.max(windows.nextWindowEnd(after), windows.windowStart(total) + windows.step());
        }
        return Math.min(step, panes.firstEnd());
    }

    @Override
    public void fire(long windowEnd, WindowWriter writer) {
        long last = windows.lastWindowEnd(windowEnd);
        RecordTable pane = panes.sliceIfPresent(windowEnd);
        if (pane != null) {
            pour.accept(pane, totals.slice(last));
            panes.drop(windowEnd);
        }
        writer.write(windowEnd, totals.slice(last));
        if (windowEnd == last) {
            totals.drop(last);
        }
    }
}
