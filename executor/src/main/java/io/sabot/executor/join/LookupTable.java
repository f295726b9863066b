package io.sabot.executor.join;

import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import org.apache.arrow.memory.BufferAllocator;

/** All rows of a table by the key that a lookup join looks for. Read anew as a whole. */
final class LookupTable implements LookupIndex {
    private final LookupRows source;
    private final long reloadMillis;
    private final JoinSide side;
    private final LocalTable newest;
    private final RowChains rows;
    private long[] records = new long[0];
    private boolean loaded;
    private long loadedAt;

    LookupTable(JoinSpec spec, LookupRows source, long reloadMillis, BufferAllocator allocator) {
        this.source = source;
        this.reloadMillis = reloadMillis;
        this.side = new JoinSide(spec, 1, allocator);
        this.newest = new LocalTable(allocator, side.keyLayout(), 8);
        this.rows = new RowChains(allocator);
    }

    /** Takes the present rows of the table in place of those before. */
    private void load() {
        newest.clear();
        rows.clear();
        source.read(batch -> {
            try (batch) {
                add(batch);
            }
        });
    }

    private void add(Batch batch) {
        side.begin(batch);
        int rowCount = batch.rowCount();
        ensure(rowCount);
        newest.resolve(side.keys(), records);
        for (int row = 0; row < rowCount; row++) {
            if (side.isMatchless(row)) {
                continue;
            }
            int before = (int) Memory.getLong(records[row]) - 1;
            int added = rows.add(side.rowAddress(row), side.rowLength(row), before);
            Memory.putLong(records[row], added + 1);
        }
    }

    private void ensure(int rowCount) {
        if (records.length < rowCount) {
            records = new long[Math.max(rowCount, records.length * 2)];
        }
    }

    @Override
    public void find(KeyBatch keys, boolean[] skipped, long now, boolean anew) {
        boolean old = reloadMillis != LookupKeeping.NEVER && now - loadedAt >= reloadMillis;
        if (!loaded || old || (anew && now > loadedAt)) {
            load();
            loaded = true;
            loadedAt = now;
        }
        ensure(keys.count());
        newest.find(keys, records);
    }

    @Override
    public int first(int key) {
        return records[key] == 0 ? RowChains.NONE : (int) Memory.getLong(records[key]) - 1;
    }

    @Override
    public RowChains rows() {
        return rows;
    }

    @Override
    public void close() {
        side.close();
        newest.close();
        rows.close();
    }
}
