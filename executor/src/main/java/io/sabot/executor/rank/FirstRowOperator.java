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

/** Lets the first row that comes of each partition pass, at once; only partitions are kept. Input only grows. */
public final class FirstRowOperator implements Operator {
    private final int[] partitionColumns;
    private final KeyEncoder encoder;
    private final RecordTable partitions;
    private final BufferAllocator allocator;
    private long[] records = new long[0];
    private int[] newRows = new int[0];

    /** @param spec of which only the partition means something */
    public FirstRowOperator(RankSpec spec, OperatorContext context) {
        this.partitionColumns = spec.partitionColumns();
        this.encoder = context.own(new KeyEncoder(context.allocator(), spec.partitionTypes()));
        this.partitions =
                context.state().recordTable("partitions", RecordSpec.of(encoder.layout(), 0, StateBound.KEYS));
        this.allocator = context.allocator();
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        int count = firstRows(batch);
        if (count == batch.rowCount()) {
            output.emit(batch);
            return;
        }
        try (batch) {
            if (count > 0) {
                output.emit(batch.take(new Selection(newRows.clone(), count), allocator));
            }
        }
    }

    private int firstRows(Batch batch) {
        int rowCount = batch.rowCount();
        if (records.length < rowCount) {
            records = new long[rowCount];
            newRows = new int[rowCount];
        }
        return partitions.resolveUnwritten(encoder.encode(batch, partitionColumns), records, newRows);
    }
}
