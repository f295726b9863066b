package io.sabot.benchmarks.jmh;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.expression.EvaluationContext;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.expression.Projector;
import io.sabot.planner.plan.PlanNode;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;

/** What a query compiles to, and a batch of rows for it. */
final class Kernels implements AutoCloseable {
    private final BenchContext context = new BenchContext();
    private final Optional<Predicate> predicate;
    private final Projector projector;
    private final Batch rows;

    Kernels(String query) {
        PlanNode.Calc node = PlannedExpression.of(query);
        ExpressionCompiler compiler =
                new ExpressionCompiler(new EvaluationContext(ZoneOffset.UTC, () -> 0, () -> 0, () -> 0));
        predicate = node.condition()
                .map(condition -> compiler.predicate(condition, node.input().schema()));
        projector = compiler.projector(node.projections(), node.input().schema());
        List<FieldVector> vectors = new ArrayList<>();
        try (Batch all = Bids.batches(1, 100, context.allocator()).get(0)) {
            for (int column : PlannedExpression.columns(node.input().schema())) {
                vectors.add(all.shareVector(column));
            }
        }
        rows = Batch.of(vectors, Bids.ROWS);
    }

    Selection select() {
        return predicate.orElseThrow().select(rows);
    }

    List<FieldVector> project() {
        return projector.project(rows, null, context.allocator());
    }

    @Override
    public void close() {
        rows.close();
        projector.close();
        predicate.ifPresent(Predicate::close);
        context.close();
    }
}
