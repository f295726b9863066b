package io.sabot.executor.job;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.changelog.ChangelogFold;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.time.Barrier;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Hands rows to the client: those of an append-only input as they come; changes of an updating one folded at the end of
 * each epoch, behind a first column {@code op} with the row kind.
 */
final class ClientSinkOperator implements Operator {
    /** Name of the column that holds the row kind. */
    static final String OP = "op";

    private final ResultQueue results;
    private final BufferAllocator allocator;
    /** Null when rows leave as they come. */
    private final @Nullable ChangelogFold fold;

    ClientSinkOperator(
            ResultQueue results,
            Schema input,
            List<Integer> upsertKey,
            boolean identified,
            boolean folded,
            OperatorContext context) {
        this.results = results;
        this.allocator = context.allocator();
        this.fold = folded
                ? context.own(new ChangelogFold(input, upsertKey, identified, context.allocator(), context.batchRows()))
                : null;
    }

    @Override
    public void onBatch(int inputIndex, Batch batch, Output output) {
        if (fold == null) {
            results.put(batch);
            return;
        }
        try (batch) {
            fold.add(batch);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        endEpoch();
    }

    @Override
    public void onEnd(Output output) {
        endEpoch();
    }

    private void endEpoch() {
        if (fold != null) {
            fold.flush(RowsOutput.to(batch -> results.put(withKinds(batch))));
        }
    }

    private Batch withKinds(Batch batch) {
        List<FieldVector> vectors = new ArrayList<>();
        try (batch;
                ColumnBuilder kinds = new ColumnBuilder(OP, AtomicType.STRING, allocator, batch.rowCount())) {
            for (int row = 0; row < batch.rowCount(); row++) {
                kinds.appendText(batch.kind(row).symbol());
            }
            vectors.add(kinds.finish());
            for (int c = 0; c < batch.columnCount(); c++) {
                vectors.add(batch.shareVector(c));
            }
            return Batch.of(vectors, batch.rowCount());
        }
    }
}
