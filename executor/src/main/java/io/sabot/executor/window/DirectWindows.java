package io.sabot.executor.window;

import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SlicedRecordTable;

/** A table per window: TUMBLE, and whatever cannot be merged. */
final class DirectWindows implements WindowStore {
    private final SlicedRecordTable tables;

    DirectWindows(SlicedRecordTable tables) {
        this.tables = tables;
    }

    @Override
    public RecordTable pane(long paneEnd) {
        return tables.slice(paneEnd);
    }

    @Override
    public RecordTable window(long windowEnd) {
        return tables.slice(windowEnd);
    }

    @Override
    public long nextEnd(long after) {
        return tables.firstEnd();
    }

    @Override
    public void fire(long windowEnd, WindowWriter writer) {
        writer.write(windowEnd, tables.slice(windowEnd));
        tables.drop(windowEnd);
    }
}
