package io.sabot.executor.rank;

import io.sabot.executor.aggregate.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one row of each partition of input that only grows: the first in order. The result is a changelog with at most one
 * −old +new per partition and batch; or, at the end of bounded input, one row per partition.
 *
 * <pre>
 *   rows: partition → bytes of the sort key (4), number of the change while a batch is looked at (4);  sort key and row
 * </pre>
 */
public final class DeduplicateOperator implements Operator {
    private final RankSpec spec;
    private final boolean latest;
    private final boolean emitAtEnd;
    private final HeldWatermarks held = new HeldWatermarks();
    private long[] records = new long[0];
    private int[] newRows = new int[0];
    private long[] changed = new long[0];
    private int[] winners = new int[0];
    private long[] winnerKeys = new long[0];
    private int[] winnerKeyLengths = new int[0];
    private long[] before = new long[0];
    private int[] beforeLengths = new int[0];
    private int changeCount;
    private @Nullable Open open;

    private record Open(RowEncoders encoders, RecordTable table, KeptBytes entry, Arena keys, Arena old, RowsOut out) {}

    /**
     * @param spec of which the partition and the order mean something
     * @param latest whether of rows equal in order the one that came last is kept
     */
    public DeduplicateOperator(RankSpec spec, boolean latest, boolean emitAtEnd) {
        this.spec = spec;
        this.latest = latest;
        this.emitAtEnd = emitAtEnd;
    }

    @Override
    public void open(OperatorContext context) {
        RowEncoders encoders = new RowEncoders(spec, context.allocator());
        open = new Open(
                encoders,
                context.state()
                        .recordTable(
                                "rows",
                                RecordSpec.of(encoders.partitionLayout(), 8, StateBound.KEYS)
                                        .withTail()),
                new KeptBytes(context.allocator()),
                new Arena(context.allocator()),
                new Arena(context.allocator()),
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
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("a row was taken back from input that only grows");
            }
            Open state = opened();
            makeRoom(batch.rowCount());
            int newCount = state.table.resolveUnwritten(state.encoders.partitions(batch), records, newRows);
            choose(state, batch, newCount);
            state.encoders.rows(batch, new Selection(winners, changeCount));
            state.old.clear();
            for (int change = 0; change < changeCount; change++) {
                keep(state, change);
            }
            emit(state, output);
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
    private void choose(Open state, Batch batch, int newCount) {
        state.keys.clear();
        changeCount = 0;
        int next = 0;
        for (int row = 0, count = batch.rowCount(); row < count; row++) {
            boolean isNew = next < newCount && newRows[next] == row;
            next += isNew ? 1 : 0;
            long record = records[row];
            state.encoders.sortKey(batch, row);
            int change = Memory.getInt(record + 4) - 1;
            if (change >= 0) {
                if (wins(state, state.keys.address(winnerKeys[change]), winnerKeyLengths[change])) {
                    win(state, change, row);
                }
            } else if (isNew || wins(state, state.table.tailAddress(record), Memory.getInt(record))) {
                changed[changeCount] = record;
                before[changeCount] = isNew ? -1 : 0;
                win(state, changeCount++, row);
                Memory.putInt(record + 4, changeCount);
            }
        }
    }

    /** Whether the row encoded last takes the place of one with this sort key. */
    private boolean wins(Open state, long sortKey, int length) {
        int order = SortKeys.compare(state.encoders.sortKeyAddress(), state.encoders.sortKeyLength(), sortKey, length);
        return latest ? order <= 0 : order < 0;
    }

    private void win(Open state, int change, int row) {
        winners[change] = row;
        winnerKeyLengths[change] = state.encoders.sortKeyLength();
        winnerKeys[change] = state.keys.append(state.encoders.sortKeyAddress(), winnerKeyLengths[change]);
    }

    /** Writes a winner into its record, after copying the row before it if that will be asked for. */
    private void keep(Open state, int change) {
        long record = changed[change];
        Memory.putInt(record + 4, 0);
        if (!emitAtEnd && before[change] >= 0) {
            int sortLength = Memory.getInt(record);
            beforeLengths[change] = state.table.tailLength(record) - sortLength;
            before[change] = state.old.append(state.table.tailAddress(record) + sortLength, beforeLengths[change]);
        }
        int sortLength = winnerKeyLengths[change];
        int rowLength = state.encoders.rows().length(change);
        long entry = state.entry.resize(sortLength + rowLength);
        Memory.copyText(state.keys.address(winnerKeys[change]), entry, sortLength);
        Memory.copy(state.encoders.rows().address(change), entry + sortLength, rowLength);
        state.table.setTail(record, entry, sortLength + rowLength);
        Memory.putInt(record, sortLength);
        state.table.written(record);
    }

    private void emit(Open state, Output output) {
        for (int i = 0; i < changeCount && !emitAtEnd; i++) {
            long record = changed[i];
            boolean was = before[i] >= 0;
            if (was) {
                state.out.add(RowKind.UPDATE_BEFORE, state.old.address(before[i]), beforeLengths[i], 1);
            }
            add(state, was ? RowKind.UPDATE_AFTER : RowKind.INSERT, record);
        }
        state.out.emit(output);
    }

    private static void add(Open state, RowKind kind, long record) {
        int sortLength = Memory.getInt(record);
        state.out.add(
                kind, state.table.tailAddress(record) + sortLength, state.table.tailLength(record) - sortLength, 1);
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
        Open state = opened();
        try (RecordCursor cursor = state.table.scan()) {
            while (cursor.next()) {
                int sortLength = Memory.getInt(cursor.recordAddress());
                state.out.add(RowKind.INSERT, cursor.tailAddress() + sortLength, cursor.tailLength() - sortLength, 1);
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
            state.entry.close();
            state.keys.close();
            state.old.close();
        }
    }
}
