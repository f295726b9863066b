package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.time.Barrier;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by key before an exchange: output is keys, accumulators and a signed count of rows. Holds nothing across a
 * barrier and no more than {@link #MAX_RECORDS} groups at any time, so it has no state.
 */
public final class LocalGroupAggregateOperator implements Operator {
    /** Groups that are collected before all are put out. */
    public static final int MAX_RECORDS = 32 << 10;

    private final GroupAggregateSpec spec;
    private final int[] keyColumns;
    private final Run run = new Run();
    private final long[] records = new long[Batch.DEFAULT_ROWS];
    private final long[] keyAddresses = new long[Batch.DEFAULT_ROWS];
    private final int[] keyLengths = new int[Batch.DEFAULT_ROWS];
    private @Nullable Open open;

    private record Open(OperatorContext context, Aggregation aggregation, KeyEncoder encoder, LocalTable table) {}

    public LocalGroupAggregateOperator(GroupAggregateSpec spec) {
        if (spec.aggregates().stream().anyMatch(call -> call.needsValues(spec.retracting()))) {
            throw new IllegalArgumentException("such aggregates have no local phase: " + spec.aggregates());
        }
        this.spec = spec;
        this.keyColumns = spec.keyColumns();
    }

    @Override
    public void open(OperatorContext context) {
        Aggregation aggregation = Aggregation.ofRows(spec.aggregates(), spec.retracting(), context.allocator());
        KeyEncoder encoder = new KeyEncoder(context.allocator(), spec.keyTypes());
        open = new Open(
                context,
                aggregation,
                encoder,
                new LocalTable(context.allocator(), encoder.layout(), aggregation.recordBytes()));
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        Open state = opened();
        try (batch) {
            run.setRange(batch, 0, batch.rowCount());
            state.table.resolve(state.encoder.encode(batch, keyColumns), run.records());
            state.aggregation.update(batch, run, state.table);
        }
        if (state.table.size() > MAX_RECORDS) {
            flush(output);
        }
    }

    private void flush(Output output) {
        Open state = opened();
        int batchRows = Math.min(state.context.batchRows(), records.length);
        int from = 0;
        while (from < state.table.size()) {
            int count = Math.min(batchRows, state.table.list(from, records, keyAddresses, keyLengths));
            from += count;
            try (RecordWriter writer = new RecordWriter(
                    state.aggregation, spec.keyTypes(), spec.output(), state.context.allocator(), count)) {
                writer.writePartials(records, state.table, keyAddresses, keyLengths, count);
                for (int i = 0; i < count; i++) {
                    writer.builder().endRow();
                }
                output.emit(writer.builder().finish());
            }
        }
        state.table.clear();
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        flush(output);
    }

    @Override
    public void onEnd(Output output) {
        flush(output);
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.table.close();
            state.encoder.close();
            state.aggregation.close();
        }
    }
}
