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
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;

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
    private final RowEncoders encoders;
    private final RankedRows rows;
    private final RecordTable partitions;
    private final LocalTable touchedPartitions;
    private final TopChanges changes;
    private final RowsOut out;
    private long[] touched = new long[0];
    private long[] measures = new long[0];

    /** @param retracting whether the input may take rows back */
    public RankOperator(RankSpec spec, boolean retracting, boolean emitAtEnd, OperatorContext context) {
        this.spec = spec;
        this.retracting = retracting;
        this.emitAtEnd = emitAtEnd;
        this.trims = !retracting && spec.to() < Long.MAX_VALUE;
        this.touches = !emitAtEnd || (trims && spec.function() != RankFunction.ROW_NUMBER);
        this.encoders = context.own(new RowEncoders(spec, context.allocator()));
        this.rows = new RankedRows(spec, encoders, retracting, trims ? StateBound.KEYS : StateBound.NOTHING, context);
        this.partitions = context.state()
                .recordTable("partitions", RecordSpec.of(encoders.partitionLayout(), MEASURE_BYTES, StateBound.KEYS));
        this.touchedPartitions = context.own(new LocalTable(context.allocator(), encoders.partitionLayout(), 8));
        this.changes = context.own(new TopChanges(spec, encoders, context.allocator()));
        this.out = new RowsOut(spec.output(), spec.withRank(), context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (spec.from() > spec.to()) {
                return;
            }
            int rowCount = batch.rowCount();
            if (touched.length < rowCount) {
                touched = new long[rowCount];
                measures = new long[rowCount];
            }
            KeyBatch partitions = encoders.partitions(batch);
            if (touches) {
                touchedPartitions.resolve(partitions, touched);
            }
            if (trims) {
                this.partitions.resolve(partitions, measures);
                if (this.partitions.forgets()) {
                    countAnew(rowCount);
                }
            }
            Selection rows = trims ? mayBeKept(batch) : Selection.all(rowCount);
            encoders.rows(batch, rows);
            for (int i = 0; i < rows.count(); i++) {
                take(batch, rows.indices()[i], i);
            }
            if (trims && spec.function() != RankFunction.ROW_NUMBER) {
                trim();
            }
            touchedPartitions.clear();
            changes.emit(this.rows, out, output);
        }
    }

    /** Rows of the partitions touched may have gone by themselves. */
    private void countAnew(int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            if (Memory.getLong(touched[row]) == 0) {
                Memory.putLong(touched[row], -1);
                Memory.putLong(measures[row], rows.trim(encoders.partitions(), row, spec.to()));
                forgetLast(measures[row]);
            }
        }
    }

    /** Leaves out rows that come behind all of a partition that is full already; only what is left is turned into bytes. */
    private Selection mayBeKept(Batch batch) {
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            boolean isFull = Memory.getLong(measures[row]) >= spec.to();
            if (isFull) {
                encoders.sortKey(batch, row);
            }
            if (!isFull || compareWithKnown(measures[row]) <= 0) {
                rows[count++] = row;
            }
        }
        return new Selection(rows, count);
    }

    private void take(Batch batch, int row, int encoded) {
        encoders.sortKey(batch, row);
        if (retracting) {
            look(row);
            rows.change(encoders, batch, row);
            return;
        }
        if (batch.sign(row) < 0) {
            throw new IllegalStateException("a row was taken back from input that only grows");
        }
        if (!trims) {
            look(row);
            rows.add(encoders, row, encoded);
            return;
        }
        long measure = measures[row];
        boolean isFull = Memory.getLong(measure) >= spec.to();
        if (isFull && isBehind(row)) {
            return;
        }
        look(row);
        rows.add(encoders, row, encoded);
        forgetLast(measure);
        if (spec.function() != RankFunction.ROW_NUMBER) {
            if (spec.function() == RankFunction.RANK) {
                Memory.putLong(measure, Memory.getLong(measure) + 1);
            }
        } else if (isFull) {
            rows.removeLast(encoders.partitions(), row);
            if (rows.previous()) {
                rememberLast(measure);
            }
        } else {
            Memory.putLong(measure, Memory.getLong(measure) + 1);
        }
    }

    /** Whether the row comes behind all of a full partition. */
    private boolean isBehind(int row) {
        int known = compareWithKnown(measures[row]);
        if (known != 0) {
            return known > 0;
        }
        int order = rows.compareWithLast(encoders, row);
        rememberLast(measures[row]);
        return order > 0 || (order == 0 && spec.function() == RankFunction.ROW_NUMBER);
    }

    /** Compares the sort key encoded last with the last of a full partition; 0 when what is known of that does not tell. */
    private int compareWithKnown(long measure) {
        long first = Memory.getLong(measure + 8);
        if (first == 0) {
            return 0;
        }
        int length = encoders.sortKeyLength();
        long key = encoders.sortKeyAddress();
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

    private void rememberLast(long measure) {
        long key = rows.orderKeyAddress();
        int length = rows.orderKeyLength();
        Memory.putLong(measure + 8, word(key, length, 0));
        Memory.putLong(measure + 16, word(key, length, 8));
    }

    private static void forgetLast(long measure) {
        Memory.putLong(measure + 8, 0);
    }

    /** Before the first change of a partition in this batch. */
    private void look(int row) {
        if (touches && Memory.getLong(touched[row]) <= 0) {
            Memory.putLong(touched[row], row + 1L);
            if (!emitAtEnd) {
                changes.before(rows, encoders.partitions(), row);
            }
        }
    }

    /** Drops what has fallen out of the range. */
    private void trim() {
        for (int i = 0; i < touchedPartitions.size(); i++) {
            long first = Memory.getLong(touchedPartitions.record(i));
            if (first > 0) {
                int row = (int) first - 1;
                long measure = rows.trim(encoders.partitions(), row, spec.to());
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
        rows.save();
    }

    @Override
    public void onEnd(Output output) {
        if (!emitAtEnd) {
            return;
        }
        rows.seekAll();
        while (rows.nextOfAll()) {
            if (rows.rank() >= spec.from() && rows.rank() <= spec.to()) {
                out.add(RowKind.INSERT, rows.rowAddress(), rows.rowLength(), rows.rank());
                if (out.isFull()) {
                    out.emit(output);
                }
            }
        }
        out.emit(output);
        held.release(output);
    }
}
