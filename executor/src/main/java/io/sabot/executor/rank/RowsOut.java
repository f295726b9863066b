package io.sabot.executor.rank;

import io.sabot.executor.aggregate.Arena;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows by the addresses of their bytes, collected and put out as batches, with their ranks where those are asked for. */
final class RowsOut {
    private final RankSpec spec;
    private final OperatorContext context;
    private final KeyDecoder decoder;
    private long[] addresses = new long[256];
    private int[] lengths = new int[256];
    private long[] ranks = new long[256];
    private byte[] kinds = new byte[256];
    private int count;

    RowsOut(RankSpec spec, OperatorContext context) {
        this.spec = spec;
        this.context = context;
        this.decoder = new KeyDecoder(spec.rowTypes());
    }

    /** Whether a batch is full: time to {@link #emit}. */
    boolean isFull() {
        return count >= context.batchRows();
    }

    /** Adds a row, whose bytes stay where they are until {@link #emit}. */
    void add(RowKind kind, long address, int length, long rank) {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            ranks = Arrays.copyOf(ranks, count * 2);
            kinds = Arrays.copyOf(kinds, count * 2);
        }
        addresses[count] = address;
        lengths[count] = length;
        ranks[count] = rank;
        kinds[count++] = kind.code();
    }

    /** Puts out what was added by positions in an arena. */
    void emit(Arena arena, Output output) {
        for (int i = 0; i < count; i++) {
            addresses[i] = arena.address(addresses[i]);
        }
        emit(output);
    }

    /** Puts out what was added. */
    void emit(Output output) {
        if (count == 0) {
            return;
        }
        try (BatchBuilder builder = new BatchBuilder(spec.output(), context.allocator(), count)) {
            List<ColumnBuilder> columns = new ArrayList<>();
            for (int c = 0; c < builder.columnCount(); c++) {
                columns.add(builder.column(c));
            }
            decoder.decode(addresses, lengths, count, columns, 0);
            for (int i = 0; i < count; i++) {
                builder.endRow(kinds[i]);
            }
            if (spec.withRank()) {
                ColumnBuilder column = builder.column(spec.input().size());
                for (int i = 0; i < count; i++) {
                    column.appendLong(ranks[i]);
                }
            }
            count = 0;
            output.emit(builder.finish());
        }
    }
}
