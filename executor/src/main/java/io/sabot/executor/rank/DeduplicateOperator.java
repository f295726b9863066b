package io.sabot.executor.rank;

import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;

/**
 * Keeps one row of each partition of input that only grows: the first in order. The result is a changelog with at most one
 * −old +new per partition and batch; or, at the end of bounded input, one row per partition.
 *
 * <pre>
 *   rows: partition → bytes of the sort key (4), number of the change while a batch is looked at (4);  sort key and row
 * </pre>
 */
public final class DeduplicateOperator implements Operator {
    private final boolean latest;
    private final boolean emitAtEnd;
    private final HeldWatermarks held = new HeldWatermarks();
    private final RowEncoders encoders;
    private final RecordTable table;
    private final KeptBytes entry;
    private final Arena keys;
    private final Arena old;
    private final RowsOut out;
    private long[] records = new long[0];
    private int[] newRows = new int[0];
    private long[] changed = new long[0];
    private int[] winners = new int[0];
    private long[] winnerKeys = new long[0];
    private int[] winnerKeyLengths = new int[0];
    private long[] before = new long[0];
    private int[] beforeLengths = new int[0];
    private int changeCount;

    /**
     * @param spec of which the partition and the order mean something
     * @param latest whether of rows equal in order the one that came last is kept
     */
    public DeduplicateOperator(RankSpec spec, boolean latest, boolean emitAtEnd, OperatorContext context) {
        this.latest = latest;
        this.emitAtEnd = emitAtEnd;
        this.encoders = context.own(new RowEncoders(spec, context.allocator()));
        this.table = context.state()
                .recordTable(
                        "rows",
                        RecordSpec.of(encoders.partitionLayout(), 8, StateBound.KEYS)
                                .withTail());
        this.entry = context.own(new KeptBytes(context.allocator()));
        this.keys = context.own(new Arena(context.allocator()));
        this.old = context.own(new Arena(context.allocator()));
        this.out = new RowsOut(spec.output(), spec.withRank(), context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("a row was taken back from input that only grows");
            }
            makeRoom(batch.rowCount());
            int newCount = table.resolveUnwritten(encoders.partitions(batch), records, newRows);
            choose(batch, newCount);
            encoders.rows(batch, new Selection(winners, changeCount));
            old.clear();
            for (int change = 0; change < changeCount; change++) {
                keep(change);
            }
            emit(output);
        }
    }

    private void makeRoom(int rowCount) {
        if (records.length < rowCount) {
            records = new long[rowCount];
            newRows = new int[rowCount];
            changed = new long[rowCount];
            winners = new int[rowCount];
            winnerKeys = new long[rowCount];
            winnerKeyLengths = new int[rowCount];
            before = new long[rowCount];
            beforeLengths = new int[rowCount];
        }
    }

    /** Finds the row of each partition that wins; only these are ever turned into bytes. */
    private void choose(Batch batch, int newCount) {
        keys.clear();
        changeCount = 0;
        int next = 0;
        for (int row = 0, count = batch.rowCount(); row < count; row++) {
            boolean isNew = next < newCount && newRows[next] == row;
            next += isNew ? 1 : 0;
            long record = records[row];
            encoders.sortKey(batch, row);
            int change = Memory.getInt(record + 4) - 1;
            if (change >= 0) {
                if (wins(keys.address(winnerKeys[change]), winnerKeyLengths[change])) {
                    win(change, row);
                }
            } else if (isNew || wins(table.tailAddress(record), Memory.getInt(record))) {
                changed[changeCount] = record;
                before[changeCount] = isNew ? -1 : 0;
                win(changeCount++, row);
                Memory.putInt(record + 4, changeCount);
            }
        }
    }

    /** Whether the row encoded last takes the place of one with this sort key. */
    private boolean wins(long sortKey, int length) {
        int order = SortKeys.compare(encoders.sortKeyAddress(), encoders.sortKeyLength(), sortKey, length);
        return latest ? order <= 0 : order < 0;
    }

    private void win(int change, int row) {
        winners[change] = row;
        winnerKeyLengths[change] = encoders.sortKeyLength();
        winnerKeys[change] = keys.append(encoders.sortKeyAddress(), winnerKeyLengths[change]);
    }

    /** Writes a winner into its record, after copying the row before it if that will be asked for. */
    private void keep(int change) {
        long record = changed[change];
        Memory.putInt(record + 4, 0);
        if (!emitAtEnd && before[change] >= 0) {
            int sortLength = Memory.getInt(record);
            beforeLengths[change] = table.tailLength(record) - sortLength;
            before[change] = old.append(table.tailAddress(record) + sortLength, beforeLengths[change]);
        }
        int sortLength = winnerKeyLengths[change];
        int rowLength = encoders.rows().length(change);
        long entry = this.entry.resize(sortLength + rowLength);
        Memory.copyText(keys.address(winnerKeys[change]), entry, sortLength);
        Memory.copy(encoders.rows().address(change), entry + sortLength, rowLength);
        table.setTail(record, entry, sortLength + rowLength);
        Memory.putInt(record, sortLength);
        table.written(record);
    }

    private void emit(Output output) {
        for (int i = 0; i < changeCount && !emitAtEnd; i++) {
            long record = changed[i];
            boolean was = before[i] >= 0;
            if (was) {
                out.add(RowKind.UPDATE_BEFORE, old.address(before[i]), beforeLengths[i]);
            }
            add(was ? RowKind.UPDATE_AFTER : RowKind.INSERT, record);
        }
        out.emit(output);
    }

    private void add(RowKind kind, long record) {
        int sortLength = Memory.getInt(record);
        out.add(kind, table.tailAddress(record) + sortLength, table.tailLength(record) - sortLength);
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (!emitAtEnd || !held.hold(watermark)) {
            output.emit(watermark);
        }
    }

    @Override
    public void onEnd(Output output) {
        if (!emitAtEnd) {
            return;
        }
        try (RecordCursor cursor = table.scan()) {
            while (cursor.next()) {
                int sortLength = Memory.getInt(cursor.recordAddress());
                out.add(RowKind.INSERT, cursor.tailAddress() + sortLength, cursor.tailLength() - sortLength);
                if (out.isFull()) {
                    out.emit(output);
                }
            }
        }
        out.emit(output);
        held.release(output);
    }
}
