package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.RowLog;
import io.sabot.executor.state.SortKeys;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/** Puts due rows of equal time in the order of further columns. */
final class SortedTies implements AutoCloseable {
    private final RankSpec spec;
    private final BufferAllocator allocator;
    private final SortKeyEncoder encoder;
    private final KeyDecoder decoder;
    private final Arena arena;
    private int[] order = new int[0];

    SortedTies(RankSpec spec, BufferAllocator allocator) {
        this.spec = spec;
        this.allocator = allocator;
        this.encoder = new SortKeyEncoder(spec.input(), spec.order(), allocator);
        List<DataType> types = spec.rowTypes();
        this.decoder = new KeyDecoder(types);
        this.arena = new Arena(allocator);
    }

    /** Numbers of the first {@code count} due rows, in order. */
    int[] order(WaitingRows waiting, int count) {
        if (order.length < count) {
            order = IntStream.range(0, Math.max(count, 2 * order.length)).toArray();
        }
        if (spec.order().isEmpty()) {
            return order;
        }
        int[] sorted = Arrays.copyOf(order, count);
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && waiting.dueTime(to) == waiting.dueTime(from)) {
                to++;
            }
            if (to - from > 1) {
                sort(waiting, sorted, from, to);
            }
            from = to;
        }
        return sorted;
    }

    private void sort(WaitingRows waiting, int[] sorted, int from, int to) {
        int count = to - from;
        long[] positions = new long[count];
        int[] lengths = new int[count];
        arena.clear();
        try (BatchBuilder builder = new BatchBuilder(spec.input(), allocator, count)) {
            List<ColumnBuilder> columns = builder.columns();
            RowLog log = waiting.log();
            for (int i = from; i < to; i++) {
                long row = waiting.due(i);
                decoder.decode(log.rowAddress(row), log.rowLength(row), columns, 0);
                builder.endRow();
            }
            try (Batch batch = builder.finish()) {
                for (int i = 0; i < count; i++) {
                    encoder.encode(batch, i);
                    lengths[i] = encoder.length();
                    positions[i] = arena.append(encoder.address(), lengths[i]);
                }
            }
        }
        Integer[] numbers = IntStream.range(0, count).boxed().toArray(Integer[]::new);
        Arrays.sort(
                numbers,
                (a, b) -> SortKeys.compare(
                        arena.address(positions[a]), lengths[a], arena.address(positions[b]), lengths[b]));
        for (int i = 0; i < count; i++) {
            sorted[from + i] = from + numbers[i];
        }
    }

    @Override
    public void close() {
        encoder.close();
        arena.close();
    }
}
