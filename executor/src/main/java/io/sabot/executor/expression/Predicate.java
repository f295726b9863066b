package io.sabot.executor.expression;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the rows for which a condition is true. For one thread; memory that it keeps for reuse is freed by {@link #close}.
 *
 * <p>Terms joined by AND are tested from left to right. While most rows pass, the next term is computed for all of them;
 * otherwise, or when it may fail, only for the rows that are left.
 */
public final class Predicate implements AutoCloseable {
    /** The rows left are tested on their own when fewer than one in this many remain. */
    private static final int SPARSE = 4;

    private final Node[] terms;
    private final BitSet columns;
    private final Evaluation evaluation;
    private final Arena constants;
    private int[] indices = new int[Batch.DEFAULT_ROWS];

    Predicate(List<Node> terms, BitSet columns, Evaluation evaluation, Arena constants) {
        this.terms = terms.toArray(Node[]::new);
        this.columns = columns;
        this.evaluation = evaluation;
        this.constants = constants;
    }

    /** Whether the condition looks at a column of the batch. */
    public boolean reads(int column) {
        return columns.get(column);
    }

    /**
     * The rows for which the condition is true, neither false nor NULL. The selection is valid until the next call.
     *
     * @throws io.sabot.parser.error.SabotException if the condition fails on a row; without a span
     */
    public Selection select(Batch batch) {
        if (indices.length < batch.rowCount()) {
            indices = new int[batch.rowCount()];
        }
        if (batch.rowCount() == 0) {
            return new Selection(indices, 0);
        }
        try {
            return new Selection(indices, select(evaluation.begin(batch, null, batch.rowCount(), null)));
        } finally {
            evaluation.end();
        }
    }

    /** Writes the rows to {@link #indices}; returns their number. */
    private int select(Frame batch) {
        Frame frame = batch;
        int[] rows = null;
        long bits = 0;
        for (int i = 0; i < terms.length; i++) {
            if (bits != 0) {
                int left = Bits.count(bits, frame.count());
                if (left == 0) {
                    return 0;
                }
                if (left < frame.count() && (!terms[i].isEager() || left * SPARSE < frame.count())) {
                    Bits.positions(bits, frame.count(), indices);
                    int[] positions = Arrays.copyOf(indices, left);
                    frame = frame.narrow(positions, left);
                    rows = rows == null ? positions : compose(rows, positions);
                    bits = 0;
                }
            }
            bits = and(bits, terms[i].evaluate(frame), frame);
        }
        int count = Bits.positions(bits, frame.count(), indices);
        if (rows != null) {
            for (int i = 0; i < count; i++) {
                indices[i] = rows[indices[i]];
            }
        }
        return count;
    }

    private static int[] compose(int[] outer, int[] inner) {
        int[] composed = new int[inner.length];
        for (int i = 0; i < inner.length; i++) {
            composed[i] = outer[inner[i]];
        }
        return composed;
    }

    private static long and(long bits, Value term, Frame frame) {
        long out = frame.arena().allocate(Bits.bytes(frame.count()));
        BitKernels.isTrue(term, out, frame.count());
        if (bits != 0) {
            for (int w = 0, words = Bits.words(frame.count()); w < words; w++) {
                long at = (long) w << 3;
                Memory.putLong(out + at, Memory.getLong(out + at) & Memory.getLong(bits + at));
            }
        }
        return out;
    }

    @Override
    public void close() {
        evaluation.close();
        constants.close();
    }
}
