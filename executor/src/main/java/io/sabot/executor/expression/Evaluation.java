package io.sabot.executor.expression;

import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.JavaCall;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/** What the frames of one batch share: memory, clocks, and vectors to close when the batch is done. */
final class Evaluation implements AutoCloseable {
    private static final long CHUNK_BYTES = 64 << 10;

    private final Arena arena = new Arena(CHUNK_BYTES);
    private final EvaluationContext context;
    private final int sharedCount;
    private final List<JavaCall> calls;
    private final List<FieldVector> vectors = new ArrayList<>();
    private @Nullable BufferAllocator allocator;
    private @Nullable BufferAllocator ownAllocator;
    private boolean statementRead;
    private long statementMillis;
    private boolean batchRead;
    private long batchMillis;

    /** For the expressions of a compilation. */
    Evaluation(EvaluationContext context, Compilation compilation) {
        this(context, compilation.sharedCount(), compilation.calls());
    }

    /** For expressions with this many nodes that occur more than once. */
    Evaluation(EvaluationContext context, int sharedCount) {
        this(context, sharedCount, List.of());
    }

    private Evaluation(EvaluationContext context, int sharedCount, List<JavaCall> calls) {
        this.context = context;
        this.sharedCount = sharedCount;
        this.calls = List.copyOf(calls);
    }

    Arena arena() {
        return arena;
    }

    EvaluationContext context() {
        return context;
    }

    /** The clock of the statement, the same for all of a batch. */
    long statementMillis() {
        if (!statementRead) {
            statementRead = true;
            statementMillis = context.statementClock().getAsLong();
        }
        return statementMillis;
    }

    /** The clock of the batch, the same for all of a batch. */
    long batchMillis() {
        if (!batchRead) {
            batchRead = true;
            batchMillis = context.batchClock().getAsLong();
        }
        return batchMillis;
    }

    int sharedCount() {
        return sharedCount;
    }

    /** The frame of a batch, or of some of its rows. */
    Frame begin(Batch batch, int @Nullable [] rows, int count, @Nullable BufferAllocator batchAllocator) {
        allocator = batchAllocator;
        if (batchAllocator == null && batch.columnCount() > 0) {
            allocator = batch.vector(0).getAllocator();
        }
        return new Frame(this, batch, rows, count);
    }

    /** Closes a vector of intermediate values when the batch is done. */
    FieldVector keep(FieldVector vector) {
        vectors.add(vector);
        return vector;
    }

    /** Where intermediate vectors come from. */
    BufferAllocator allocator() {
        BufferAllocator current = allocator != null ? allocator : ownAllocator;
        if (current == null) {
            current = Allocators.root();
            ownAllocator = current;
        }
        return current;
    }

    /** Frees what the batch needed. */
    void end() {
        vectors.forEach(FieldVector::close);
        vectors.clear();
        allocator = null;
        statementRead = false;
        batchRead = false;
        arena.reset();
    }

    @Override
    public void close() {
        calls.forEach(JavaCall::close);
        end();
        arena.close();
        if (ownAllocator != null) {
            ownAllocator.close();
            ownAllocator = null;
        }
    }
}
