package io.sabot.executor.window;

import io.sabot.executor.aggregate.Aggregation;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.aggregate.TableTails;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordTable;
import org.apache.arrow.memory.BufferAllocator;

/** Merges records of several tables by key: for a moment, or into another table. */
final class MergeTable implements AutoCloseable {
    private static final int ROWS = 1024;

    private final Aggregation aggregation;
    private final LocalTable table;
    private final KeyBatch keys;
    private final long[] from = new long[ROWS];
    private final long[] to = new long[ROWS];

    MergeTable(BufferAllocator allocator, KeyLayout layout, Aggregation aggregation) {
        this.aggregation = aggregation;
        this.table = new LocalTable(allocator, layout, aggregation.recordBytes());
        this.keys = new KeyBatch(allocator, layout);
    }

    /** Adds the records of a table to those collected. */
    void add(RecordTable source) {
        TableTails tails = new TableTails(source);
        try (RecordCursor cursor = source.scan()) {
            for (int count = cursor.next(keys, from); count > 0; count = cursor.next(keys, from)) {
                table.resolve(keys, to);
                aggregation.merge(from, tails, to, table, count);
            }
        }
    }

    /** Writes what was collected as the records of a window, and forgets it. */
    void drain(long windowEnd, WindowWriter writer) {
        writer.write(windowEnd, table);
        table.clear();
    }

    /** Adds the records of a table to those of another. */
    void pour(RecordTable source, RecordTable target) {
        TableTails sourceTails = new TableTails(source);
        TableTails targetTails = new TableTails(target);
        try (RecordCursor cursor = source.scan()) {
            for (int count = cursor.next(keys, from); count > 0; count = cursor.next(keys, from)) {
                target.resolve(keys, to);
                aggregation.merge(from, sourceTails, to, targetTails, count);
            }
        }
    }

    @Override
    public void close() {
        table.close();
        keys.close();
    }
}
