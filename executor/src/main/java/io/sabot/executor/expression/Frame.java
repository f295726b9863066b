package io.sabot.executor.expression;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * The rows that expressions are computed for: a batch, or some of its rows, and what is computed for them already.
 *
 * <p>Kernels see the rows of a frame without gaps; a branch of a CASE gets a frame of its own with its rows alone, so that
 * nothing is ever computed for a row outside.
 */
final class Frame {
    private final Evaluation evaluation;
    private final IntFunction<Column> source;
    private final int @Nullable [] rows;
    private final int count;
    private final @Nullable Value[] columns;
    private final @Nullable Value[] shared;

    /** The rows of a batch, or some of them; at least one. */
    Frame(Evaluation evaluation, Batch batch, int @Nullable [] rows, int count) {
        this(evaluation, batch::column, batch.columnCount(), rows, count);
    }

    private Frame(
            Evaluation evaluation, IntFunction<Column> source, int columnCount, int @Nullable [] rows, int count) {
        this.evaluation = evaluation;
        this.source = source;
        this.rows = rows;
        this.count = count;
        this.columns = new Value[columnCount];
        this.shared = new Value[evaluation.sharedCount()];
    }

    /** A frame whose only column is a vector, such as the elements of arrays; its values last as long as this frame's. */
    Frame over(FieldVector vector) {
        Column column = new Column(vector);
        return new Frame(evaluation, index -> column, 1, null, vector.getValueCount());
    }

    /** Number of rows. */
    int count() {
        return count;
    }

    /** Memory that lasts as long as the batch is worked on. */
    Arena arena() {
        return evaluation.arena();
    }

    /** Clocks and time zone. */
    EvaluationContext context() {
        return evaluation.context();
    }

    /** The clock of the statement, the same for all of a batch. */
    long statementMillis() {
        return evaluation.statementMillis();
    }

    /** The clock of the batch, the same for all of a batch. */
    long batchMillis() {
        return evaluation.batchMillis();
    }

    /** A frame of some rows of this one, by position. */
    Frame narrow(int[] positions, int positionCount) {
        int[] narrowed = positions;
        if (rows != null) {
            narrowed = new int[positionCount];
            for (int i = 0; i < positionCount; i++) {
                narrowed[i] = rows[positions[i]];
            }
        }
        return new Frame(evaluation, source, columns.length, narrowed, positionCount);
    }

    /** Closes a vector when the batch is done. */
    FieldVector keep(FieldVector vector) {
        return evaluation.keep(vector);
    }

    /** Where intermediate vectors come from. */
    BufferAllocator allocator() {
        return evaluation.allocator();
    }

    /** Values of an input column. */
    Value column(int index, Lane lane) {
        Value value = columns[index];
        if (value == null) {
            value = Loads.load(source.apply(index), lane, rows, count, arena());
            columns[index] = value;
        }
        return value;
    }

    /** Values of a node that occurs more than once. */
    Value shared(int slot, Node node) {
        Value value = shared[slot];
        if (value == null) {
            value = node.evaluate(this);
            shared[slot] = value;
        }
        return value;
    }

    /** NULL for all rows. */
    Value nulls() {
        return Value.nulls(arena().allocateZeroed(Math.max(16, Bits.bytes(count))));
    }

    /** Validity of what is NULL where one of two values is NULL; 0 stands for no NULL. */
    long bothValid(long a, long b) {
        if (a == 0 || b == 0 || a == b) {
            return a == 0 ? b : a;
        }
        long out = arena().allocate(Bits.bytes(count));
        Bits.and(a, b, out, count);
        return out;
    }
}
