package io.sabot.executor.window;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows of each key into windows of so many rows, in order of arrival, and puts a window out when it is full; at the end
 * of the input those that are not. A window is named by the numbers of the first row that it has room for and of
 * the row behind it.
 *
 * <p>State: the number of rows per key, and what is kept of the one window of a key that is not full.
 */
public final class RowWindowOperator implements Operator {
    private static final int KEYS = 1024;
    private static final List<WindowColumn> BOUNDS = List.of(WindowColumn.START, WindowColumn.END);

    private final long size;
    private final int[] keyColumns;
    private final List<DataType> keyTypes;
    private final Contents contents;
    private final Cut cut = new Cut();
    private long[] counters = new long[KEYS];
    private long[] groups = new long[KEYS];
    private @Nullable Open open;

    private record Open(
            KeyEncoder encoder, KeyBatch keys, LocalTable groups, RecordTable counts, SessionContent content) {}

    /** Makes what windows keep. */
    private interface Contents {
        SessionContent create(KeyLayout keys, OperatorContext context);
    }

    private RowWindowOperator(long size, List<Integer> keys, List<DataType> keyTypes, Contents contents) {
        this.size = size;
        this.keyColumns = keys.stream().mapToInt(Integer::intValue).toArray();
        this.keyTypes = List.copyOf(keyTypes);
        this.contents = contents;
    }

    /**
     * Aggregates each window.
     *
     * @param output keys, aggregates, both bounds
     */
    public static RowWindowOperator aggregate(
            long size, List<Integer> keys, List<DataType> keyTypes, List<AggregateSpec> aggregates, Schema output) {
        WindowTime none = new WindowTime(WindowTime.Carries.ROW_TIME, 0, TimeDomain.EVENT, ZoneOffset.UTC, 0);
        SessionAggregateSpec spec =
                new SessionAggregateSpec(none, 1, keys, keyTypes, aggregates, BOUNDS, false, output);
        boolean keepsRows = aggregates.stream().anyMatch(call -> call.needsValues(false));
        ZoneShift utc = new ZoneShift(ZoneOffset.UTC);
        return new RowWindowOperator(
                size,
                keys,
                keyTypes,
                keepsRows
                        ? (layout, context) -> new ReplayedSessions(spec, layout, utc, context)
                        : (layout, context) -> new SessionAccumulators(spec, layout, utc, context));
    }

    /**
     * Appends both bounds to each row.
     *
     * @param output columns of the input, then the bounds
     */
    public static RowWindowOperator assign(long size, List<Integer> keys, List<DataType> keyTypes, Schema output) {
        ZoneShift utc = new ZoneShift(ZoneOffset.UTC);
        return new RowWindowOperator(
                size, keys, keyTypes, (layout, context) -> new AssignedSessions(output, BOUNDS, layout, utc, context));
    }

    @Override
    public void open(OperatorContext context) {
        KeyEncoder encoder = new KeyEncoder(context.allocator(), keyTypes);
        open = new Open(
                encoder,
                new KeyBatch(context.allocator(), encoder.layout()),
                new LocalTable(context.allocator(), encoder.layout(), 8),
                context.state().recordTable("counts", RecordSpec.of(encoder.layout(), 8, StateBound.KEYS)),
                contents.create(encoder.layout(), context));
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    /** The rows of a batch in stretches of one key and window. */
    private static final class Cut implements Stretches {
        private int[] stretchOfRow = new int[0];
        private int[] firstRows = new int[0];
        private long[] starts = new long[0];
        private long[] sequences = new long[0];
        private int[] fullKeys = new int[0];
        private long[] fullStarts = new long[0];
        private long[] fullEnds = new long[0];
        private int count;
        private int fullCount;

        void begin(int rows) {
            if (stretchOfRow.length < rows) {
                stretchOfRow = new int[rows];
                firstRows = new int[rows];
                starts = new long[rows];
                sequences = new long[rows];
                fullKeys = new int[rows];
                fullStarts = new long[rows];
                fullEnds = new long[rows];
            }
            count = 0;
            fullCount = 0;
        }

        void addFull(int key, long start, long end) {
            fullKeys[fullCount] = key;
            fullStarts[fullCount] = start;
            fullEnds[fullCount++] = end;
        }

        SessionContent.Fired full(KeyBatch keys) {
            return new SessionContent.Fired(keys, fullKeys, fullStarts, fullEnds, sequences, fullCount);
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public int firstRow(int stretch) {
            return firstRows[stretch];
        }

        @Override
        public int stretchOf(int row) {
            return stretchOfRow[row];
        }
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            Open state = opened();
            int rowCount = batch.rowCount();
            if (counters.length < rowCount) {
                counters = new long[rowCount];
                groups = new long[rowCount];
            }
            KeyBatch keys = state.encoder.encode(batch, keyColumns);
            state.counts.resolve(keys, counters);
            state.groups.clear();
            state.groups.resolve(keys, groups);
            cut.begin(rowCount);
            for (int row = 0; row < rowCount; row++) {
                place(row);
            }
            state.content.add(batch, keys, 0, rowCount, cut, cut.starts, cut.sequences);
            if (cut.fullCount > 0) {
                state.content.write(cut.full(keys), output);
            }
        }
    }

    private void place(int row) {
        long number = Memory.getLong(counters[row]);
        Memory.putLong(counters[row], number + 1);
        long start = number - number % size;
        int stretch = (int) Memory.getLong(groups[row]) - 1;
        if (stretch < 0 || cut.starts[stretch] != start) {
            stretch = cut.count++;
            cut.starts[stretch] = start;
            cut.firstRows[stretch] = row;
            Memory.putLong(groups[row], stretch + 1);
        }
        cut.stretchOfRow[row] = stretch;
        if (number + 1 == start + size) {
            cut.addFull(row, start, start + size);
        }
    }

    @Override
    public void onEnd(Output output) {
        Open state = opened();
        try (RecordCursor cursor = state.counts.scan()) {
            long[] records = new long[KEYS];
            for (int listed = cursor.next(state.keys, records); listed > 0; listed = cursor.next(state.keys, records)) {
                cut.begin(KEYS);
                for (int key = 0; key < listed; key++) {
                    long number = Memory.getLong(records[key]);
                    if (number % size != 0) {
                        long start = number - number % size;
                        cut.addFull(key, start, start + size);
                    }
                }
                if (cut.fullCount > 0) {
                    state.content.write(cut.full(state.keys), output);
                }
            }
        }
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.encoder.close();
            state.keys.close();
            state.groups.close();
            state.content.close();
        }
    }
}
