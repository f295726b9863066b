package io.sabot.executor.expand;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Gather;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Makes several rows, or none, of each row, of the same kind: columns of the row, then those that are made. A row of which
 * none is made may stay, with NULLs.
 */
public final class ExpandOperator implements Operator {
    private final RowMaker maker;
    private final int[] kept;
    private final boolean keepsEmpty;
    private final @Nullable Predicate condition;
    private final SqlSpan span;
    private final OperatorContext context;
    private final int[] parents;
    private final int[] positions;
    private boolean[] made = new boolean[0];

    /**
     * An operator; maker and condition stay with whoever made them.
     *
     * @param kept columns of the input in the output
     * @param condition over the output, met by rows that are made; null for none
     */
    public ExpandOperator(
            RowMaker maker,
            List<Integer> kept,
            boolean keepsEmpty,
            @Nullable Predicate condition,
            SqlSpan span,
            OperatorContext context) {
        this.maker = maker;
        this.kept = kept.stream().mapToInt(Integer::intValue).toArray();
        this.keepsEmpty = keepsEmpty;
        this.condition = condition;
        this.span = span;
        this.context = context;
        this.parents = new int[context.batchRows()];
        this.positions = new int[context.batchRows()];
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch;
                MadeRows rows = maker.make(batch, context.allocator())) {
            if (condition == null) {
                emitAll(batch, rows, output);
            } else {
                emitPassing(batch, rows, condition, output);
            }
        } catch (SabotException e) {
            throw e.at(span);
        }
    }

    /** Each row with what is made of it, those of which nothing is made in their place. */
    private void emitAll(Batch batch, MadeRows rows, Output output) {
        int count = 0;
        int next = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            boolean isEmpty = next == rows.count() || rows.parents()[next] != row;
            if (isEmpty && keepsEmpty) {
                count = put(count, row, -1, batch, rows, output);
            }
            while (next < rows.count() && rows.parents()[next] == row) {
                count = put(count, row, rows.positions()[next++], batch, rows, output);
            }
        }
        emit(count, batch, rows, output);
    }

    private int put(int count, int row, int position, Batch batch, MadeRows rows, Output output) {
        parents[count] = row;
        positions[count] = position;
        if (count + 1 < parents.length) {
            return count + 1;
        }
        emit(count + 1, batch, rows, output);
        return 0;
    }

    private void emit(int count, Batch batch, MadeRows rows, Output output) {
        if (count > 0) {
            output.emit(combine(count, batch, rows));
        }
    }

    /** The rows that meet the condition, then the rows without any such. */
    private void emitPassing(Batch batch, MadeRows rows, Predicate predicate, Output output) {
        made = new boolean[batch.rowCount()];
        for (int from = 0; from < rows.count(); from += parents.length) {
            int count = Math.min(parents.length, rows.count() - from);
            System.arraycopy(rows.parents(), from, parents, 0, count);
            System.arraycopy(rows.positions(), from, positions, 0, count);
            try (Batch all = combine(count, batch, rows)) {
                Selection passing = predicate.select(all);
                for (int i = 0; i < passing.count(); i++) {
                    made[parents[passing.indices()[i]]] = true;
                }
                if (!passing.isEmpty()) {
                    output.emit(all.take(passing, context.allocator()));
                }
            }
        }
        int count = 0;
        for (int row = 0; keepsEmpty && row < batch.rowCount(); row++) {
            if (!made[row]) {
                count = put(count, row, -1, batch, rows, output);
            }
        }
        emit(count, batch, rows, output);
    }

    private Batch combine(int count, Batch batch, MadeRows rows) {
        Selection left = new Selection(parents, count);
        Selection right = new Selection(positions, count);
        List<FieldVector> vectors = new ArrayList<>();
        try {
            for (int column : kept) {
                vectors.add(Gather.take(batch.vector(column), left, context.allocator()));
            }
            for (FieldVector column : rows.columns()) {
                vectors.add(Gather.take(column, right, context.allocator()));
            }
            return new Batch(vectors, count, batch.takeKinds(left, context.allocator()), batch.lateBefore());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }
}
