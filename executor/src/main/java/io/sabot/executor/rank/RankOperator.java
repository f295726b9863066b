package io.sabot.executor.rank;

import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of each partition whose rank is in a range. The result is a changelog: per batch and partition the
 * difference between the rows kept before and after; or, at the end of bounded input, the rows kept then.
 *
 * <p>Of input that only grows no more rows are in state than may ever be kept; of other input all are.
 *
 * <pre>
 *   rows:       see RankedRows
 *   partitions: partition → how full it is (8), first 16 bytes of the last row's sort key, or 0 when unknown (16);
 *               only where rows beyond the range are dropped
 * </pre>
 */
public final class RankOperator implements Operator {
    private static final int MEASURE_BYTES = 24;

    private final RankSpec spec;
    private final boolean retracting;
    private final boolean emitAtEnd;
    private final boolean trims;
    private final boolean touches;
    private final HeldWatermarks held = new HeldWatermarks();
    private long[] touched = new long[0];
    private long[] measures = new long[0];
    private @Nullable Open open;

    private record Open(
            RowEncoders encoders,
            RankedRows rows,
            RecordTable partitions,
            LocalTable touched,
            TopChanges changes,
            RowsOut out) {}

    /** @param retracting whether the input may take rows back */
    public RankOperator(RankSpec spec, boolean retracting, boolean emitAtEnd) {
        this.spec = spec;
        this.retracting = retracting;
        this.emitAtEnd = emitAtEnd;
        this.trims = !retracting && spec.to() < Long.MAX_VALUE;
        this.touches = !emitAtEnd || (trims && spec.function() != RankFunction.ROW_NUMBER);
    }

    @Override
    public void open(OperatorContext context) {
        RowEncoders encoders = new RowEncoders(spec, context.allocator());
        open = new Open(
                encoders,
                new RankedRows(spec, encoders, retracting, trims ? StateBound.KEYS : StateBound.NOTHING, context),
                context.state()
                        .recordTable(
                                "partitions",
                                RecordSpec.of(encoders.partitionLayout(), MEASURE_BYTES, StateBound.KEYS)),
                new LocalTable(context.allocator(), encoders.partitionLayout(), 8),
                new TopChanges(spec, encoders, context.allocator()),
                new RowsOut(spec, context));
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            Open state = opened();
            if (spec.from() > spec.to()) {
                return;
            }
            int rowCount = batch.rowCount();
            if (touched.length < rowCount) {
                touched = new long[rowCount];
                measures = new long[rowCount];
            }
            KeyBatch partitions = state.encoders.partitions(batch);
            if (touches) {
                state.touched.resolve(partitions, touched);
            }
            if (trims) {
                state.partitions.resolve(partitions, measures);
                if (state.partitions.forgets()) {
                    countAnew(state, rowCount);
                }
            }
            Selection rows = trims ? mayBeKept(state, batch) : Selection.all(rowCount);
            state.encoders.rows(batch, rows);
            for (int i = 0; i < rows.count(); i++) {
                take(state, batch, rows.indices()[i], i);
            }
            if (trims && spec.function() != RankFunction.ROW_NUMBER) {
                trim(state);
            }
            state.touched.clear();
            state.changes.emit(state.rows, state.out, output);
        }
    }

    /** Rows of the partitions touched may have gone by themselves. */
    private void countAnew(Open state, int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            if (Memory.getLong(touched[row]) == 0) {
                Memory.putLong(touched[row], -1);
                Memory.putLong(measures[row], state.rows.trim(state.encoders.partitions(), row, spec.to()));
                forgetLast(measures[row]);
            }
        }
    }

    /** Leaves out rows that come behind all of a partition that is full already; only what is left is turned into bytes. */
    private Selection mayBeKept(Open state, Batch batch) {
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            boolean isFull = Memory.getLong(measures[row]) >= spec.to();
            if (isFull) {
                state.encoders.sortKey(batch, row);
            }
            if (!isFull || compareWithKnown(state, measures[row]) <= 0) {
                rows[count++] = row;
            }
        }
        return new Selection(rows, count);
    }

    private void take(Open state, Batch batch, int row, int encoded) {
        state.encoders.sortKey(batch, row);
        if (retracting) {
            look(state, row);
            state.rows.change(state.encoders, batch, row);
            return;
        }
        if (batch.sign(row) < 0) {
            throw new IllegalStateException("a row was taken back from input that only grows");
        }
        if (!trims) {
            look(state, row);
            state.rows.add(state.encoders, row, encoded);
            return;
        }
        long measure = measures[row];
        boolean isFull = Memory.getLong(measure) >= spec.to();
        if (isFull && isBehind(state, row)) {
            return;
        }
        look(state, row);
        state.rows.add(state.encoders, row, encoded);
        forgetLast(measure);
        if (spec.function() != RankFunction.ROW_NUMBER) {
            if (spec.function() == RankFunction.RANK) {
                Memory.putLong(measure, Memory.getLong(measure) + 1);
            }
        } else if (isFull) {
            state.rows.removeLast(state.encoders.partitions(), row);
            if (state.rows.previous()) {
                rememberLast(state, measure);
            }
        } else {
            Memory.putLong(measure, Memory.getLong(measure) + 1);
        }
    }

    /** Whether the row comes behind all of a full partition. */
    private boolean isBehind(Open state, int row) {
        int known = compareWithKnown(state, measures[row]);
        if (known != 0) {
            return known > 0;
        }
        int order = state.rows.compareWithLast(state.encoders, row);
        rememberLast(state, measures[row]);
        return order > 0 || (order == 0 && spec.function() == RankFunction.ROW_NUMBER);
    }

    /** Compares the sort key encoded last with the last of a full partition; 0 when what is known of that does not tell. */
    private static int compareWithKnown(Open state, long measure) {
        long first = Memory.getLong(measure + 8);
        if (first == 0) {
            return 0;
        }
        int length = state.encoders.sortKeyLength();
        long key = state.encoders.sortKeyAddress();
        int order = Long.compareUnsigned(word(key, length, 0), first);
        return order != 0 ? order : Long.compareUnsigned(word(key, length, 8), Memory.getLong(measure + 16));
    }

    /** Eight bytes of a sort key as a number that orders as they do, zeros behind its end. */
    private static long word(long key, int length, int from) {
        if (length >= from + 8) {
            return Long.reverseBytes(Memory.getLong(key + from));
        }
        long word = 0;
        for (int i = from; i < length; i++) {
            word |= (Memory.getByte(key + i) & 0xFFL) << (56 - 8 * (i - from));
        }
        return word;
    }

    private static void rememberLast(Open state, long measure) {
        long key = state.rows.orderKeyAddress();
        int length = state.rows.orderKeyLength();
        Memory.putLong(measure + 8, word(key, length, 0));
        Memory.putLong(measure + 16, word(key, length, 8));
    }

    private static void forgetLast(long measure) {
        Memory.putLong(measure + 8, 0);
    }

    /** Before the first change of a partition in this batch. */
    private void look(Open state, int row) {
        if (touches && Memory.getLong(touched[row]) <= 0) {
            Memory.putLong(touched[row], row + 1L);
            if (!emitAtEnd) {
                state.changes.before(state.rows, state.encoders.partitions(), row);
            }
        }
    }

    /** Drops what has fallen out of the range. */
    private void trim(Open state) {
        for (int i = 0; i < state.touched.size(); i++) {
            long first = Memory.getLong(state.touched.record(i));
            if (first > 0) {
                int row = (int) first - 1;
                long measure = state.rows.trim(state.encoders.partitions(), row, spec.to());
                Memory.putLong(measures[row], measure);
                forgetLast(measures[row]);
            }
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (!emitAtEnd || !held.hold(watermark)) {
            output.emit(watermark);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        opened().rows.save();
    }

    @Override
    public void onEnd(Output output) {
        if (!emitAtEnd) {
            return;
        }
        Open state = opened();
        state.rows.seekAll();
        while (state.rows.nextOfAll()) {
            if (state.rows.rank() >= spec.from() && state.rows.rank() <= spec.to()) {
                state.out.add(RowKind.INSERT, state.rows.rowAddress(), state.rows.rowLength(), state.rows.rank());
                if (state.out.isFull()) {
                    state.out.emit(output);
                }
            }
        }
        state.out.emit(output);
        held.release(output);
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.encoders.close();
            state.rows.close();
            state.touched.close();
            state.changes.close();
        }
    }
}
