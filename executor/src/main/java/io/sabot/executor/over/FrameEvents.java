package io.sabot.executor.over;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.state.KeyDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Rows that enter and leave frames, by round; bytes of the columns that aggregates read. */
final class FrameEvents implements AutoCloseable {
    private final Schema schema;
    private final KeyDecoder decoder;
    private final BufferAllocator allocator;
    private final Arena arena;
    private int[] rounds = new int[256];
    private int[] owners = new int[256];
    private long[] positions = new long[256];
    private int[] lengths = new int[256];
    private boolean[] leaves = new boolean[256];
    private int[] order = new int[0];
    private int[] starts = new int[1];
    private int count;

    FrameEvents(List<DataType> types, BufferAllocator allocator) {
        this.schema = new Schema(IntStream.range(0, types.size())
                .mapToObj(i -> new Field("c" + i, types.get(i)))
                .toList());
        this.decoder = new KeyDecoder(types);
        this.allocator = allocator;
        this.arena = new Arena(allocator);
    }

    void clear() {
        arena.clear();
        count = 0;
    }

    /**
     * Adds one.
     *
     * @param owner row whose partition it belongs to
     */
    void add(int round, int owner, boolean isLeaving, long bytes, int length) {
        if (count == rounds.length) {
            rounds = Arrays.copyOf(rounds, count * 2);
            owners = Arrays.copyOf(owners, count * 2);
            positions = Arrays.copyOf(positions, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            leaves = Arrays.copyOf(leaves, count * 2);
        }
        rounds[count] = round;
        owners[count] = owner;
        positions[count] = arena.append(bytes, length);
        lengths[count] = length;
        leaves[count++] = isLeaving;
    }

    /** All of them as a batch, in order of rounds. */
    Batch batch(int roundCount) {
        sort(roundCount);
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, count)) {
            List<ColumnBuilder> columns = builder.columns();
            for (int i = 0; i < count; i++) {
                int event = order[i];
                decoder.decode(arena.address(positions[event]), lengths[event], columns, 0);
                builder.endRow((leaves[event] ? RowKind.DELETE : RowKind.INSERT).code());
            }
            return builder.finish();
        }
    }

    private void sort(int roundCount) {
        starts = new int[roundCount + 1];
        for (int event = 0; event < count; event++) {
            starts[rounds[event] + 1]++;
        }
        for (int round = 0; round < roundCount; round++) {
            starts[round + 1] += starts[round];
        }
        if (order.length < count) {
            order = new int[Math.max(count, order.length * 2)];
        }
        int[] next = starts.clone();
        for (int event = 0; event < count; event++) {
            order[next[rounds[event]]++] = event;
        }
    }

    /** Where a round begins in the batch. */
    int start(int round) {
        return starts[round];
    }

    /** Row whose partition a row of the batch belongs to. */
    int owner(int row) {
        return owners[order[row]];
    }

    @Override
    public void close() {
        arena.close();
    }
}
