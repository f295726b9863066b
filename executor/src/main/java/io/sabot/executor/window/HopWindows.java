package io.sabot.executor.window;

import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;

/** A table per pane, merged when a window fires; beside it a table per window for rows that were late for others. */
final class HopWindows implements WindowStore {
    private final Windows windows;
    private final SlicedRecordTable panes;
    private final SlicedRecordTable singles;
    private final MergeTable merged;

    HopWindows(Windows windows, SlicedRecordTable panes, SlicedRecordTable singles, MergeTable merged) {
        this.windows = windows;
        this.panes = panes;
        this.singles = singles;
        this.merged = merged;
    }

    @Override
    public RecordTable pane(long paneEnd) {
        return panes.slice(paneEnd);
    }

    @Override
    public RecordTable window(long windowEnd) {
        return singles.slice(windowEnd);
    }

    @Override
    public long nextEnd(long after) {
        long next = NONE;
        for (long pane = panes.firstEnd(); pane != SlicedRecordTable.NONE; pane = panes.nextEnd(pane)) {
            long end = Math.max(windows.firstWindowEnd(pane), windows.nextWindowEnd(after));
            if (end <= windows.lastWindowEnd(pane)) {
                next = end;
                break;
            }
        }
        return singles.firstEnd() == SlicedRecordTable.NONE ? next : Math.min(next, singles.firstEnd());
    }

    @Override
    public void fire(long windowEnd, WindowWriter writer) {
        long start = windows.windowStart(windowEnd);
        long first = panes.nextEnd(start);
        boolean single = singles.sliceIfPresent(windowEnd) != null;
        boolean one = !single && first <= windowEnd && panes.nextEnd(first) > windowEnd;
        if (one) {
            writer.write(windowEnd, panes.slice(first));
        } else {
            for (long pane = first; pane <= windowEnd; pane = panes.nextEnd(pane)) {
                merged.add(panes.slice(pane));
            }
            if (single) {
                merged.add(singles.slice(windowEnd));
            }
            merged.drain(windowEnd, writer);
        }
        singles.drop(windowEnd);
        dropPanes(windowEnd);
    }

    private void dropPanes(long windowEnd) {
        long pane = panes.firstEnd();
        while (pane != SlicedRecordTable.NONE && windows.lastWindowEnd(pane) <= windowEnd) {
            panes.drop(pane);
            pane = panes.firstEnd();
        }
    }
}
