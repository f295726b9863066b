package io.sabot.executor.join;

import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** All rows of a table by the key that a lookup join looks for. Read anew as a whole. */
final class LookupTable implements LookupIndex {
    private final LookupRows source;
    private final long reloadMillis;
    private final JoinSide side;
    private final LocalTable newest;
    private final Arena arena;
    private long[] records = new long[0];
    private long[] positions = new long[64];
    private int[] lengths = new int[64];
    private int[] older = new int[64];
    private int count;
    private boolean loaded;
    private long loadedAt;

    LookupTable(JoinSpec spec, LookupRows source, long reloadMillis, BufferAllocator allocator) {
        this.source = source;
        this.reloadMillis = reloadMillis;
        this.side = new JoinSide(spec, 1, allocator);
        this.newest = new LocalTable(allocator, side.keyLayout(), 8);
        this.arena = new Arena(allocator);
    }

    /** Takes the present rows of the table in place of those before. */
    private void load() {
        newest.clear();
        arena.clear();
        count = 0;
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
            if (count == positions.length) {
                positions = Arrays.copyOf(positions, count * 2);
                lengths = Arrays.copyOf(lengths, count * 2);
                older = Arrays.copyOf(older, count * 2);
            }
            positions[count] = arena.append(side.rowAddress(row), side.rowLength(row));
            lengths[count] = side.rowLength(row);
            older[count] = (int) Memory.getLong(records[row]) - 1;
            Memory.putLong(records[row], ++count);
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
        return records[key] == 0 ? -1 : (int) Memory.getLong(records[key]) - 1;
    }

    @Override
    public int next(int row) {
        return older[row];
    }

    @Override
    public long address(int row) {
        return arena.address(positions[row]);
    }

    @Override
    public int length(int row) {
        return lengths[row];
    }

    @Override
    public void close() {
        side.close();
        newest.close();
        arena.close();
    }
}
