package io.sabot.executor.job;

import io.sabot.catalog.stream.TimeDomain;
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
import io.sabot.executor.time.Watermark;
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
    private final BufferAllocator allocator;
    private final LongAdder rowsWritten;
    /** Null when rows are written as they come. */
    private final @Nullable ChangelogFold fold;

    /**
     * How changes reach the sink.
     *
     * @param beforeImages whether UPDATE_BEFORE is written too
     */
    record Folding(Schema schema, List<Integer> upsertKey, boolean beforeImages) {}

    /**
     * An operator; the writer stays with whoever made it.
     *
     * @param counted whether its rows are those that the statement writes
     */
    TableSinkOperator(
            String name,
            SinkWriter writer,
            Schema table,
            Optional<Folding> folding,
            boolean counted,
            OperatorContext context) {
        this.name = name;
        this.table = table;
        this.writer = writer;
        this.folding = folding;
        this.allocator = context.allocator();
        this.rowsWritten = context.counter(counted ? JobExecution.ROWS_WRITTEN : JobExecution.ROWS_WRITTEN_BESIDE);
        this.fold = folding.map(how -> context.own(
                        new ChangelogFold(how.schema(), how.upsertKey(), context.allocator(), context.batchRows())))
                .orElse(null);
    }

    @Override
    public String sinkName() {
        return name;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (fold != null) {
                fold.add(batch);
            } else {
                write(batch);
            }
        }
    }

    private void write(Batch batch) {
        refuseNulls(batch);
        writer.write(batch);
        rowsWritten.add(batch.rowCount());
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
    public void onWatermark(Watermark watermark, Output output) {
        if (watermark.domain() == TimeDomain.EVENT) {
            writer.watermark(watermark.millis());
        }
    }

    @Override
    public void onIdle(boolean idle) {
        writer.idle(idle);
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
            fold.flush(RowsOutput.to(this::writeChanges));
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
            if (count == kept.length) {
                write(batch);
            } else {
                try (Batch without = batch.take(new Selection(kept, count), allocator)) {
                    write(without);
                }
            }
        }
    }

    @Override
    public Optional<byte[]> prepare(long checkpoint) {
        return writer.prepare(checkpoint);
    }
}
