package io.sabot.executor.join;

import io.sabot.executor.aggregate.Arena;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyBatch;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/** Rows of a table by the key that a lookup join looks for. Read anew as a whole; no state. */
final class LookupTable implements AutoCloseable {
    private final JoinSide side;
    private final LocalTable newest;
    private final Arena arena;
    private long[] records = new long[0];
    private long[] positions = new long[64];
    private int[] lengths = new int[64];
    private int[] older = new int[64];
    private int count;

    LookupTable(JoinSpec spec, BufferAllocator allocator) {
        this.side = new JoinSide(spec, 1, allocator);
        this.newest = new LocalTable(allocator, side.keyLayout(), 8);
        this.arena = new Arena(allocator);
    }

    /** Takes the present rows of the table in place of those before. */
    void load(LookupRows rows) {
        newest.clear();
        arena.clear();
        count = 0;
        rows.read(batch -> {
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

    /** Looks for the rows of each key; then {@link #first} tells of them. */
    void find(KeyBatch keys) {
        ensure(keys.count());
        newest.find(keys, records);
    }

    /** A row with a key that was looked for; -1 when there is none. */
    int first(int key) {
        return records[key] == 0 ? -1 : (int) Memory.getLong(records[key]) - 1;
    }

    /** The next row with the same key; -1 behind the last. */
    int next(int row) {
        return older[row];
    }

    /** Where a row begins; until the table is loaded again. */
    long address(int row) {
        return arena.address(positions[row]);
    }

    int length(int row) {
        return lengths[row];
    }

    @Override
    public void close() {
        side.close();
        newest.close();
        arena.close();
    }
}
