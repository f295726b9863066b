package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.time.Barrier;

/**
 * Groups rows by key before an exchange: output is keys, accumulators and a signed count of rows. Holds nothing across a
 * barrier and no more than {@link #MAX_RECORDS} groups at any time, so it has no state.
 */
public final class LocalGroupAggregateOperator implements Operator {
    /** Groups that are collected before all are put out. */
    public static final int MAX_RECORDS = 32 << 10;

    private final int[] keyColumns;
    private final Run run = new Run();
    private final Aggregation aggregation;
    private final KeyEncoder encoder;
    private final LocalTable table;
    private final PartialWriter writer;

    public LocalGroupAggregateOperator(GroupAggregateSpec spec, OperatorContext context) {
        if (spec.aggregates().stream().anyMatch(call -> call.needsValues(spec.retracting()))) {
            throw new IllegalArgumentException("such aggregates have no local phase: " + spec.aggregates());
        }
        this.keyColumns = spec.keyColumns();
        this.aggregation = context.own(Aggregation.ofRows(spec.aggregates(), spec.retracting(), context.allocator()));
        this.encoder = context.own(new KeyEncoder(context.allocator(), spec.keyTypes()));
        this.table = context.own(new LocalTable(context.allocator(), encoder.layout(), aggregation.recordBytes()));
        this.writer = new PartialWriter(aggregation, spec.keyTypes(), spec.output(), context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            run.setRange(batch, 0, batch.rowCount());
            table.resolve(encoder.encode(batch, keyColumns), run.records());
            aggregation.update(batch, run, table);
        }
        if (table.size() > MAX_RECORDS) {
            flush(output);
        }
    }

    private static void endRows(BatchBuilder builder, int rows) {
        for (int i = 0; i < rows; i++) {
            builder.endRow();
        }
    }

    private void flush(Output output) {
        writer.write(table, LocalGroupAggregateOperator::endRows, Batch.NOT_LATE, output);
        table.clear();
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        flush(output);
    }

    @Override
    public void onEnd(Output output) {
        flush(output);
    }
}
