package io.sabot.executor.join;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.SortKeys;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import io.sabot.executor.window.ClosingWindows;
import io.sabot.executor.window.WindowTime;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/**
 * Joins append-only inputs that carry the same windows: the rows of a window are kept until the watermark passes it, then
 * joined, put out and dropped. A row of a window that is closed is late: dropped, and counted in {@code late_rows}.
 *
 * <pre>
 *   windows:      window end → join key → rows of the left side, rows of the right side
 *   left, right:  (join key; window end, number) → row
 * </pre>
 */
public final class WindowJoinOperator implements Operator {
    private static final int KEYS = 512;
    private static final int MAX_CANDIDATES = 8192;

    private final JoinSpec spec;
    private final int[] endColumns;
    private final PairDecoder.Pairs candidates = new PairDecoder.Pairs();
    private final int[][] candidateRows = new int[2][256];
    private final long[] records = new long[KEYS];
    private final long[] one = new long[1];
    private final List<JoinSide> sides;
    private final List<OrderedTable> tables;
    private final List<OrderedCursor> cursors;
    private final List<WindowRows> rows;
    private final ClosingWindows windows;
    private final KeyBatch keys;
    private final KeyBatch single;
    private final ArrowBuf orderKey;
    private final JoinWriter writer;

    /**
     * @param leftEnd window end column of the left input, 8-byte local milliseconds
     * @param rightEnd window end column of the right input
     * @param time domain, zone and offset of the windows; its column is not used
     */
    public WindowJoinOperator(JoinSpec spec, int leftEnd, int rightEnd, WindowTime time, OperatorContext context) {
        this.spec = spec;
        this.endColumns = new int[] {leftEnd, rightEnd};
        JoinSide left = context.own(new JoinSide(spec, 0, context.allocator()));
        JoinSide right = context.own(new JoinSide(spec, 1, context.allocator()));
        OrderedSpec rows = new OrderedSpec(left.keyLayout(), 0, StateBound.WATERMARK);
        this.tables = List.of(
                context.state().orderedTable("left", rows), context.state().orderedTable("right", rows));
        this.sides = List.of(left, right);
        this.cursors = List.of(tables.get(0).cursor(), tables.get(1).cursor());
        this.rows = List.of(
                context.own(new WindowRows(context.allocator())), context.own(new WindowRows(context.allocator())));
        this.windows = new ClosingWindows(time, RecordSpec.of(left.keyLayout(), 16, StateBound.WATERMARK), context);
        this.keys = context.own(new KeyBatch(context.allocator(), left.keyLayout()));
        this.single = context.own(new KeyBatch(context.allocator(), left.keyLayout()));
        this.orderKey = context.own(context.allocator().buffer(16));
        this.writer = new JoinWriter(spec, context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("a window join takes input that only grows");
            }
            JoinSide side = sides.get(input);
            side.begin(batch);
            Column ends = batch.column(endColumns[input]);
            windows.begin(batch);
            for (int row = 0; row < batch.rowCount(); row++) {
                long end = ends.getLong(row);
                if (windows.isLate(end)) {
                    continue;
                }
                if (!side.isMatchless(row)) {
                    store(input, side, row, end);
                } else if (spec.type() != JoinType.SEMI && spec.type().countsMatches(input)) {
                    writer.writeAlone(input, side.rowAddress(row), side.rowLength(row), 1, batch.lateBefore(), output);
                }
            }
            writer.flush(batch.lateBefore(), output);
        }
    }

    private void store(int input, JoinSide side, int row, long end) {
        single.clear();
        single.append(side.keys().address(row), side.keys().length(row));
        windows.table(end).resolve(single, one);
        long counter = one[0] + 8L * input;
        long number = Memory.getLong(counter);
        Memory.putLong(counter, number + 1);
        SortKeys.putLong(orderKey.memoryAddress(), end);
        tables.get(input)
                .resolve(
                        side.keys(),
                        row,
                        orderKey.memoryAddress(),
                        8,
                        number,
                        side.rowAddress(row),
                        side.rowLength(row));
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        windows.pass(watermark, end -> fire(end, output));
        output.emit(watermark);
    }

    private void fire(long end, Output output) {
        RecordTable table = windows.table(end);
        SortKeys.putLong(orderKey.memoryAddress(), end);
        try (RecordCursor cursor = table.scan()) {
            for (int count = cursor.next(keys, records); count > 0; count = cursor.next(keys, records)) {
                for (int side = 0; side < 2; side++) {
                    WindowRows rows = this.rows.get(side);
                    rows.clear();
                    for (int key = 0; key < count; key++) {
                        rows.take(cursors.get(side), keys, key, end, orderKey.memoryAddress());
                    }
                }
                join(count, output);
            }
        }
    }

    private void join(int keyCount, Output output) {
        WindowRows left = rows.get(0);
        WindowRows right = rows.get(1);
        for (int key = 0; key < keyCount; key++) {
            for (int l = left.first(key); l < left.end(key); l++) {
                for (int r = right.first(key); r < right.end(key); r++) {
                    addCandidate(left, l, right, r);
                    if (candidates.count() == MAX_CANDIDATES) {
                        take(output);
                    }
                }
            }
        }
        take(output);
        for (int side = 0; side < 2; side++) {
            writeAlone(side, output);
        }
        writer.flush(Batch.NOT_LATE, output);
    }

    private void addCandidate(WindowRows left, int l, WindowRows right, int r) {
        if (candidates.count() == candidateRows[0].length) {
            candidateRows[0] = Arrays.copyOf(candidateRows[0], candidates.count() * 2);
            candidateRows[1] = Arrays.copyOf(candidateRows[1], candidates.count() * 2);
        }
        candidateRows[0][candidates.count()] = l;
        candidateRows[1][candidates.count()] = r;
        candidates.add(0, left.address(l), left.length(l), right.address(r), right.length(r));
    }

    private void take(Output output) {
        if (candidates.count() == 0) {
            return;
        }
        Selection passing = writer.passing(candidates);
        for (int i = 0; i < passing.count(); i++) {
            int pair = passing.indices()[i];
            rows.get(0).setMatched(candidateRows[0][pair]);
            rows.get(1).setMatched(candidateRows[1][pair]);
            if (spec.type().emitsPairs()) {
                writer.write(candidates, pair, Batch.NOT_LATE, output);
            }
        }
        candidates.clear();
    }

    private void writeAlone(int side, Output output) {
        if (!spec.type().countsMatches(side)) {
            return;
        }
        WindowRows rows = this.rows.get(side);
        for (int row = 0; row < rows.count(); row++) {
            if (rows.isMatched(row) == (spec.type() == JoinType.SEMI)) {
                writer.writeAlone(side, rows.address(row), rows.length(row), 1, Batch.NOT_LATE, output);
            }
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        windows.save();
    }

    @Override
    public void onEnd(Output output) {
        windows.end(end -> fire(end, output));
    }
}
