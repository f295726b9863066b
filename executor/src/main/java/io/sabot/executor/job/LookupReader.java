package io.sabot.executor.job;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.join.LookupRows;
import io.sabot.planner.plan.PlanNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Reads a table that ends for a lookup join, through its source, with the filter and projection that stand on it. */
final class LookupReader implements LookupRows, AutoCloseable {
    private static final long WAIT_NANOS = 100_000_000;

    private final Supplier<Source> sources;
    private final ConnectorContext context;
    private final @Nullable Predicate predicate;
    private final @Nullable Projector projector;

    /**
     * @param table a scan, or a calculation over one
     * @param sources opens the source of the scan
     */
    LookupReader(PlanNode table, Supplier<Source> sources, ConnectorContext context, ExpressionCompiler compiler) {
        this.sources = sources;
        this.context = context;
        if (table instanceof PlanNode.Calc calc) {
            this.predicate = calc.condition()
                    .map(condition -> compiler.predicate(condition, calc.input().schema()))
                    .orElse(null);
            this.projector = compiler.projector(calc.projections(), calc.input().schema());
        } else {
            this.predicate = null;
            this.projector = null;
        }
    }

    /** The scan at the bottom of what a lookup join reads. */
    static PlanNode.SourceScan scan(PlanNode table) {
        PlanNode node = table instanceof PlanNode.Calc calc ? calc.input() : table;
        return (PlanNode.SourceScan) node;
    }

    @Override
    public void read(Consumer<Batch> taker) {
        try (Source source = sources.get()) {
            List<Split> splits = source.discover(List.of());
            try (SplitReader reader = source.reader(context)) {
                reader.add(splits);
                int live = splits.size();
                while (live > 0) {
                    SplitRows rows = reader.poll(split -> Long.MIN_VALUE, WAIT_NANOS);
                    if (Thread.currentThread().isInterrupted()) {
                        throw new IllegalStateException("interrupted");
                    }
                    if (rows != null) {
                        hand(rows.rows(), taker);
                        live -= rows.ended() ? 1 : 0;
                    }
                }
            }
        }
    }

    private void hand(@Nullable Batch batch, Consumer<Batch> taker) {
        if (batch == null) {
            return;
        }
        Selection rows;
        List<FieldVector> vectors;
        try (batch) {
            rows = predicate == null ? Selection.all(batch.rowCount()) : predicate.select(batch);
            if (projector == null) {
                taker.accept(batch.take(rows, context.allocator()));
                return;
            }
            vectors = projector.project(batch, rows, context.allocator());
        }
        taker.accept(Batch.of(vectors, rows.count()));
    }

    @Override
    public void close() {
        if (predicate != null) {
            predicate.close();
        }
        if (projector != null) {
            projector.close();
        }
    }
}
