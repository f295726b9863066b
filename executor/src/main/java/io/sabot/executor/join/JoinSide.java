package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** One input of a join: its rows as keys and as byte strings. */
final class JoinSide implements AutoCloseable {
    private final int[] keyColumns;
    private final boolean[] nullSafe;
    private final int[] allColumns;
    private final KeyEncoder keyEncoder;
    private final KeyEncoder rowEncoder;
    private @Nullable Batch batch;
    private @Nullable KeyBatch keys;
    private @Nullable KeyBatch rows;
    private boolean[] matchless = new boolean[0];

    JoinSide(JoinSpec spec, int side, BufferAllocator allocator) {
        this.keyColumns = spec.keys(side);
        this.nullSafe = new boolean[keyColumns.length];
        for (int k = 0; k < keyColumns.length; k++) {
            nullSafe[k] = spec.nullSafe().get(k);
        }
        this.allColumns = new int[spec.side(side).size()];
        for (int c = 0; c < allColumns.length; c++) {
            allColumns[c] = c;
        }
        this.keyEncoder = new KeyEncoder(allocator, spec.keyTypes());
        this.rowEncoder = KeyEncoder.ofRowBytes(allocator, JoinSpec.types(spec.side(side)));
    }

    KeyLayout keyLayout() {
        return keyEncoder.layout();
    }

    /** Takes a batch as the present one; everything below is about its rows. */
    void begin(Batch newBatch) {
        batch = newBatch;
        keys = keyEncoder.encode(newBatch, keyColumns);
        rows = rowEncoder.encode(newBatch, allColumns);
        int count = newBatch.rowCount();
        matchless = matchless.length < count ? new boolean[count] : matchless;
        Arrays.fill(matchless, 0, count, false);
        for (int k = 0; k < keyColumns.length; k++) {
            Column column = newBatch.column(keyColumns[k]);
            if (!nullSafe[k] && column.hasNulls()) {
                for (int row = 0; row < count; row++) {
                    matchless[row] |= column.isNull(row);
                }
            }
        }
    }

    private <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no batch");
        }
        return value;
    }

    Batch batch() {
        return present(batch);
    }

    KeyBatch keys() {
        return present(keys);
    }

    /** Whether a key is NULL where NULL equals nothing, so that the row can never match. */
    boolean isMatchless(int row) {
        return matchless[row];
    }

    long rowAddress(int row) {
        return present(rows).address(row);
    }

    int rowLength(int row) {
        return present(rows).length(row);
    }

    @Override
    public void close() {
        keyEncoder.close();
        rowEncoder.close();
    }
}
