package io.sabot.executor.expression;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Selection;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** Computes columns from the columns of a batch. For one thread; memory that it keeps for reuse is freed by {@link #close}. */
public final class Projector implements AutoCloseable {
    private final List<Node> nodes;
    private final Schema output;
    private final Evaluation evaluation;
    private final Arena constants;

    Projector(List<Node> nodes, Schema output, Evaluation evaluation, Arena constants) {
        this.nodes = List.copyOf(nodes);
        this.output = output;
        this.evaluation = evaluation;
        this.constants = constants;
    }

    /** Types of the columns computed; their names are positions. */
    public Schema output() {
        return output;
    }

    /**
     * Computes the columns for all rows, or for the selected ones in their order.
     *
     * <p>A column that is passed on as it is shares its memory with the batch; with a selection it is copied.
     *
     * @param rows null for all rows; indices may repeat
     * @return one vector per expression, owned by the caller
     * @throws io.sabot.parser.error.SabotException if an expression fails on one of the rows; without a span
     */
    public List<FieldVector> project(Batch batch, @Nullable Selection rows, BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>(nodes.size());
        int count = rows == null ? batch.rowCount() : rows.count();
        Frame frame = evaluation.begin(batch, rows == null ? null : rows.indices(), count, allocator);
        try {
            for (int i = 0; i < nodes.size(); i++) {
                vectors.add(column(i, frame, batch, rows, allocator));
            }
            return vectors;
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        } finally {
            evaluation.end();
        }
    }

    private FieldVector column(
            int index, Frame frame, Batch batch, @Nullable Selection rows, BufferAllocator allocator) {
        Node node = nodes.get(index);
        if (node instanceof ColumnNode column) {
            return rows == null
                    ? batch.shareVector(column.index())
                    : Gather.take(batch.vector(column.index()), rows, allocator);
        }
        if (frame.count() == 0) {
            return Stores.empty(output.type(index), output.name(index), allocator);
        }
        return Stores.store(node.evaluate(frame), output.type(index), output.name(index), frame.count(), allocator);
    }

    @Override
    public void close() {
        evaluation.close();
        constants.close();
    }
}
