package io.sabot.executor.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Up to some thousand rows as columns.
 *
 * <p>Immutable once emitted. It has one owner, who closes it or hands it on; a fan-out calls {@link #retain} once for
 * every further consumer, and memory is freed at the last {@link #close}. References may be dropped on any thread.
 *
 * <p>{@code lateBefore} is the watermark that a row's own split had before the rows of this batch: a row is late when its
 * time is not after it. {@link #NOT_LATE} says that every row is in time.
 */
public final class Batch implements AutoCloseable {
    /** Rows that sources and operators put into a batch at most, unless told otherwise. */
    public static final int DEFAULT_ROWS = 2048;

    /** Bytes of texts behind which a source ends a batch that has fewer rows. */
    public static final long LARGE_BYTES = 64L << 20;

    /** The {@code lateBefore} of a batch whose rows are all in time. */
    public static final long NOT_LATE = Long.MIN_VALUE;

    private final List<FieldVector> vectors;
    private final @Nullable Column[] columns;
    private final int rowCount;
    private final @Nullable ArrowBuf kinds;
    private final long lateBefore;
    private final AtomicInteger references = new AtomicInteger(1);

    /**
     * Takes ownership of the vectors and of the kinds.
     *
     * @param kinds a {@link RowKind} code per row; null when all rows are inserts
     */
    public Batch(List<FieldVector> vectors, int rowCount, @Nullable ArrowBuf kinds, long lateBefore) {
        this.vectors = List.copyOf(vectors);
        this.columns = new Column[vectors.size()];
        this.rowCount = rowCount;
        this.kinds = kinds;
        this.lateBefore = lateBefore;
    }

    /** Takes ownership of vectors whose rows are all inserts and in time. */
    public static Batch of(List<FieldVector> vectors, int rowCount) {
        return new Batch(vectors, rowCount, null, NOT_LATE);
    }

    /** Number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /** Number of columns. */
    public int columnCount() {
        return vectors.size();
    }

    /** A column's vector; still owned by this batch. */
    public FieldVector vector(int index) {
        return vectors.get(index);
    }

    /** A column's addresses. */
    public Column column(int index) {
        Column column = columns[index];
        if (column == null) {
            column = new Column(vectors.get(index));
            columns[index] = column;
        }
        return column;
    }

    /** Whether every row is an insert. */
    public boolean isInsertOnly() {
        return kinds == null;
    }

    /** Address of the kind bytes; 0 when {@link #isInsertOnly}. */
    public long kindsAddress() {
        return kinds == null ? 0 : kinds.memoryAddress();
    }

    /** What a row does. */
    public RowKind kind(int row) {
        return kinds == null ? RowKind.INSERT : RowKind.of(Memory.getByte(kinds.memoryAddress() + row));
    }

    /** +1 or -1. */
    public int sign(int row) {
        return kinds == null ? 1 : RowKind.sign(Memory.getByte(kinds.memoryAddress() + row));
    }

    /** See the class comment. */
    public long lateBefore() {
        return lateBefore;
    }

    /** Adds a reference: one more {@link #close} is needed. Returns this. */
    public Batch retain() {
        references.incrementAndGet();
        return this;
    }

    /** A vector of this batch as a second vector over the same memory, owned by the caller. */
    public FieldVector shareVector(int index) {
        FieldVector vector = vectors.get(index);
        var pair = vector.getTransferPair(vector.getAllocator());
        pair.splitAndTransfer(0, rowCount);
        return (FieldVector) pair.getTo();
    }

    /** The rows selected, in that order, as a new batch; indices may repeat. This batch stays with its owner. */
    public Batch take(Selection selection, BufferAllocator allocator) {
        List<FieldVector> taken = new ArrayList<>(vectors.size());
        ArrowBuf takenKinds = null;
        try {
            for (FieldVector vector : vectors) {
                taken.add(Gather.take(vector, selection, allocator));
            }
            takenKinds = takeKinds(selection, allocator);
            return new Batch(taken, selection.count(), takenKinds, lateBefore);
        } catch (RuntimeException | Error e) {
            taken.forEach(FieldVector::close);
            if (takenKinds != null) {
                takenKinds.close();
            }
            throw e;
        }
    }

    /** The kinds of the rows selected, owned by the caller; null when all rows selected are inserts. */
    public @Nullable ArrowBuf takeKinds(Selection selection, BufferAllocator allocator) {
        if (kinds == null || areInserts(selection)) {
            return null;
        }
        ArrowBuf taken = allocator.buffer(Math.max(1, selection.count()));
        long from = kinds.memoryAddress();
        long to = taken.memoryAddress();
        int[] indices = selection.indices();
        int any = RowKind.INSERT.code();
        for (int i = 0; i < selection.count(); i++) {
            byte kind = Memory.getByte(from + indices[i]);
            Memory.putByte(to + i, kind);
            any |= kind;
        }
        if (any == RowKind.INSERT.code()) {
            taken.close();
            return null;
        }
        return taken;
    }

    private boolean areInserts(Selection selection) {
        int[] indices = selection.indices();
        for (int i = 0; i < selection.count(); i++) {
            if (kind(indices[i]) != RowKind.INSERT) {
                return false;
            }
        }
        return true;
    }

    /** The kinds of all rows, retained for the caller; null when all rows are inserts. */
    public @Nullable ArrowBuf retainKinds() {
        if (kinds != null) {
            kinds.getReferenceManager().retain();
        }
        return kinds;
    }

    /** The same rows under another {@code lateBefore}; this batch is used up. */
    public Batch withLateBefore(long newLateBefore) {
        if (newLateBefore == lateBefore) {
            return this;
        }
        assert references.get() == 1 : "a shared batch cannot be changed";
        return new Batch(vectors, rowCount, kinds, newLateBefore);
    }

    @Override
    public void close() {
        int left = references.decrementAndGet();
        assert left >= 0 : "batch closed too often";
        if (left == 0) {
            vectors.forEach(FieldVector::close);
            if (kinds != null) {
                kinds.close();
            }
        }
    }
}
