package io.sabot.executor.job;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.changelog.ChangelogFold;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.task.SinkOperator;
import io.sabot.executor.time.Barrier;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to a connector: those of an append-only input as they come, changes of an updating one folded at the end of
 * each epoch.
 */
final class TableSinkOperator implements SinkOperator {
    private final String name;
    private final SinkWriter writer;
    private final Schema table;
    private final Optional<Folding> folding;
    private final String counter;
    private @Nullable ChangelogFold fold;
    private @Nullable BufferAllocator allocator;
    private @Nullable LongAdder rowsWritten;

    /**
     * How changes reach the sink.
     *
     * @param beforeImages whether UPDATE_BEFORE is written too
     */
    record Folding(Schema schema, List<Integer> upsertKey, boolean beforeImages) {}

    /** @param counted whether its rows are those that the statement writes */
    TableSinkOperator(String name, SinkWriter writer, Schema table, Optional<Folding> folding, boolean counted) {
        this.name = name;
        this.counter = counted ? JobExecution.ROWS_WRITTEN : JobExecution.ROWS_WRITTEN_BESIDE;
        this.table = table;
        this.writer = writer;
        this.folding = folding;
    }

    @Override
    public String sinkName() {
        return name;
    }

    @Override
    public void open(OperatorContext context) {
        allocator = context.allocator();
        rowsWritten = context.counter(counter);
        folding.ifPresent(how ->
                fold = new ChangelogFold(how.schema(), how.upsertKey(), context.allocator(), context.batchRows()));
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            ChangelogFold changes = fold;
            if (changes != null) {
                changes.add(batch);
            } else {
                write(batch);
            }
        }
    }

    private void write(Batch batch) {
        refuseNulls(batch);
        writer.write(batch);
        if (rowsWritten != null) {
            rowsWritten.add(batch.rowCount());
        }
    }

    /** As Flink's {@code table.exec.sink.not-null-enforcer} = {@code ERROR}. */
    private void refuseNulls(Batch batch) {
        for (int c = 0; c < table.size(); c++) {
            if (!table.type(c).nullable() && batch.column(c).hasNulls()) {
                throw SabotException.of(ErrorCode.NOT_NULL_VIOLATION, "column '" + table.name(c) + "' got NULL")
                        .why("it is " + table.type(c).sql())
                        .hint("filter such rows, or put a value in their place with COALESCE");
            }
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
        ChangelogFold changes = fold;
        if (changes != null) {
            changes.flush(RowsOutput.to(this::writeChanges));
        }
        writer.flush();
    }

    private void writeChanges(Batch batch) {
        try (batch) {
            if (folding.map(Folding::beforeImages).orElse(true)) {
                write(batch);
                return;
            }
            int[] kept = new int[batch.rowCount()];
            int count = 0;
            for (int row = 0; row < kept.length; row++) {
                if (batch.kind(row) != RowKind.UPDATE_BEFORE) {
                    kept[count++] = row;
                }
            }
            BufferAllocator opened = allocator;
            if (count == kept.length || opened == null) {
                write(batch);
            } else {
                try (Batch without = batch.take(new Selection(kept, count), opened)) {
                    write(without);
                }
            }
        }
    }

    @Override
    public Optional<byte[]> prepare(long checkpoint) {
        return writer.prepare(checkpoint);
    }

    @Override
    public void close() {
        if (fold != null) {
            fold.close();
        }
        writer.close();
    }
}
