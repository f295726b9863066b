package io.sabot.executor.rank;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Lets the first row that comes of each partition pass, at once; only partitions are kept. Input only grows. */
public final class FirstRowOperator implements Operator {
    private final RankSpec spec;
    private final int[] partitionColumns;
    private long[] records = new long[0];
    private int[] newRows = new int[0];
    private @Nullable Open open;

    private record Open(KeyEncoder encoder, RecordTable partitions, BufferAllocator allocator) {}

    /** @param spec of which only the partition means something */
    public FirstRowOperator(RankSpec spec) {
        this.spec = spec;
        this.partitionColumns = spec.partitionColumns();
    }

    @Override
    public void open(OperatorContext context) {
        KeyEncoder encoder = new KeyEncoder(context.allocator(), spec.partitionTypes());
        open = new Open(
                encoder,
                context.state().recordTable("partitions", RecordSpec.of(encoder.layout(), 0, StateBound.KEYS)),
                context.allocator());
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        Open state = open;
        if (state == null) {
            batch.close();
            throw new IllegalStateException("not open");
        }
        int count = firstRows(state, batch);
        if (count == batch.rowCount()) {
            output.emit(batch);
            return;
        }
        try (batch) {
            if (count > 0) {
                output.emit(batch.take(new Selection(newRows.clone(), count), state.allocator));
            }
        }
    }

    private int firstRows(Open state, Batch batch) {
        int rowCount = batch.rowCount();
        if (records.length < rowCount) {
            records = new long[rowCount];
            newRows = new int[rowCount];
        }
        return state.partitions.resolveUnwritten(state.encoder.encode(batch, partitionColumns), records, newRows);
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.encoder.close();
        }
    }
}
