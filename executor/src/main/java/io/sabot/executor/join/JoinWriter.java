package io.sabot.executor.join;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.jspecify.annotations.Nullable;

/**
 * Tests pairs of rows and puts joined rows out. Rows are given by address, so {@link #flush} must be called before they
 * move.
 */
final class JoinWriter {
    private final JoinSpec spec;
    private final BufferAllocator allocator;
    private final int batchRows;
    private final PairDecoder decoder;
    private final PairDecoder.Pairs pairs = new PairDecoder.Pairs();
    private byte[] kinds = new byte[256];

    JoinWriter(JoinSpec spec, OperatorContext context) {
        this.spec = spec;
        this.allocator = context.allocator();
        this.batchRows = context.batchRows();
        this.decoder = new PairDecoder(spec, context);
    }

    /** Which of some pairs meet the condition. */
    Selection passing(PairDecoder.Pairs candidates) {
        if (spec.condition() == JoinCondition.NONE) {
            return Selection.all(candidates.count());
        }
        try (Batch joined = new Batch(read(candidates), candidates.count(), null, Batch.NOT_LATE)) {
            return spec.condition().select(joined);
        }
    }

    /** The columns that the condition reads; NULLs in place of the others. */
    private List<FieldVector> read(PairDecoder.Pairs candidates) {
        Schema joined = spec.joined();
        @Nullable ColumnBuilder[] builders = new ColumnBuilder[joined.size()];
        List<FieldVector> vectors = new ArrayList<>(builders.length);
        try {
            for (int c = 0; c < builders.length; c++) {
                if (spec.condition().reads(c)) {
                    builders[c] = new ColumnBuilder(joined.name(c), joined.type(c), allocator, candidates.count());
                }
            }
            decoder.decode(candidates, builders);
            for (ColumnBuilder builder : builders) {
                vectors.add(builder == null ? new NullVector("", candidates.count()) : builder.finish());
            }
            return vectors;
        } catch (RuntimeException | Error e) {
            for (ColumnBuilder builder : builders) {
                if (builder != null) {
                    builder.close();
                }
            }
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    /** Writes a pair {@code times} times; less than 0 takes it away. */
    void write(
            int side, long row, int length, long other, int otherLength, long times, long lateBefore, Output output) {
        RowKind kind = times > 0 ? RowKind.INSERT : RowKind.DELETE;
        for (long i = Math.abs(times); i > 0; i--) {
            pairs.add(side, row, length, other, otherLength);
            if (kinds.length < pairs.count()) {
                kinds = Arrays.copyOf(kinds, pairs.count() * 2);
            }
            kinds[pairs.count() - 1] = kind.code();
            if (pairs.count() >= batchRows) {
                flush(lateBefore, output);
            }
        }
    }

    /** Writes one of some pairs once. */
    void write(PairDecoder.Pairs candidates, int pair, long lateBefore, Output output) {
        write(
                0,
                candidates.addresses(0)[pair],
                candidates.lengths(0)[pair],
                candidates.addresses(1)[pair],
                candidates.lengths(1)[pair],
                1,
                lateBefore,
                output);
    }

    /** Writes a row of a side whose other side is NULLs, or is not put out. */
    void writeAlone(int side, long row, int length, long times, long lateBefore, Output output) {
        int other = 1 - side;
        write(side, row, length, decoder.nullRow(other), decoder.nullRowLength(other), times, lateBefore, output);
    }

    /** Writes a left row with its mark. */
    void writeMarked(long row, int length, boolean mark, long times, long lateBefore, Output output) {
        // the row of the other side is not put out, so its length may tell the mark
        write(0, row, length, 0, mark ? 1 : 0, times, lateBefore, output);
    }

    private void appendMarks(ColumnBuilder marks) {
        for (int i = 0; i < pairs.count(); i++) {
            marks.appendBoolean(pairs.lengths(1)[i] != 0);
        }
    }

    /** Puts out what has been written. */
    void flush(long lateBefore, Output output) {
        if (pairs.count() == 0) {
            return;
        }
        try (BatchBuilder builder = new BatchBuilder(spec.output(), allocator, pairs.count())) {
            decoder.decode(pairs, spec.type().emitsPairs(), builder);
            if (spec.type() == JoinType.MARK) {
                appendMarks(builder.column(builder.columnCount() - 1));
            }
            for (int i = 0; i < pairs.count(); i++) {
                builder.endRow(kinds[i]);
            }
            pairs.clear();
            output.emit(builder.finish(lateBefore));
        }
    }
}
