package io.sabot.executor.filter;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows for which a condition is true and computes columns from them. Each row keeps its kind, the batch its
 * {@code lateBefore}; a half-kept update becomes an insertion or deletion by its sign.
 */
public final class CalcOperator implements Operator {
    private final @Nullable Predicate predicate;
    private final @Nullable Projector projector;
    private final SqlSpan span;
    private final BufferAllocator allocator;

    /**
     * An operator; predicate and projector stay with whoever made them.
     *
     * @param predicate null keeps all rows
     * @param projector null passes columns on as they are
     * @param span place in the SQL text for rows that fail
     */
    public CalcOperator(
            @Nullable Predicate predicate, @Nullable Projector projector, SqlSpan span, OperatorContext context) {
        this.predicate = predicate;
        this.projector = projector;
        this.span = span;
        this.allocator = context.allocator();
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        Batch result = null;
        try {
            result = calculate(batch);
        } catch (SabotException e) {
            throw e.at(span);
        } finally {
            if (result != batch) {
                batch.close();
            }
        }
        if (result != null) {
            output.emit(result);
        }
    }

    /** The batch to emit: the given one when nothing changes, null when no row is left. */
    private @Nullable Batch calculate(Batch batch) {
        Selection rows = predicate == null ? null : predicate.select(batch);
        if (batch.rowCount() == 0 || (rows != null && rows.isEmpty())) {
            return null;
        }
        if (rows != null && rows.count() == batch.rowCount()) {
            rows = null;
        }
        if (projector != null) {
            return project(projector, batch, rows);
        }
        return rows == null ? batch : batch.take(rows, allocator);
    }

    private Batch project(Projector projector, Batch batch, @Nullable Selection rows) {
        List<FieldVector> vectors = projector.project(batch, rows, allocator);
        try {
            ArrowBuf kinds = rows == null ? batch.retainKinds() : batch.takeKinds(rows, allocator);
            int count = rows == null ? batch.rowCount() : rows.count();
            return new Batch(vectors, count, kinds, batch.lateBefore());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }
}
