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
    private final Cut cut = new Cut();
    private final KeyEncoder encoder;
    private final KeyBatch keys;
    private final LocalTable groupTable;
    private final RecordTable counts;
    private final SessionContent content;
    private long[] counters = new long[KEYS];
    private long[] groups = new long[KEYS];

    /** Makes what windows keep. */
    private interface Contents {
        SessionContent create(KeyLayout keys);
    }

    private RowWindowOperator(
            long size, List<Integer> keys, List<DataType> keyTypes, Contents contents, OperatorContext context) {
        this.size = size;
        this.keyColumns = keys.stream().mapToInt(Integer::intValue).toArray();
        this.encoder = context.own(new KeyEncoder(context.allocator(), keyTypes));
        this.keys = context.own(new KeyBatch(context.allocator(), encoder.layout()));
        this.groupTable = context.own(new LocalTable(context.allocator(), encoder.layout(), 8));
        this.counts = context.state().recordTable("counts", RecordSpec.of(encoder.layout(), 8, StateBound.KEYS));
        this.content = contents.create(encoder.layout());
    }

    /**
     * Aggregates each window.
     *
     * @param output keys, aggregates, both bounds
     */
    public static RowWindowOperator aggregate(
            long size,
            List<Integer> keys,
            List<DataType> keyTypes,
            List<AggregateSpec> aggregates,
            Schema output,
            OperatorContext context) {
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
                        ? layout -> new ReplayedSessions(spec, layout, utc, context)
                        : layout -> new SessionAccumulators(spec, layout, utc, context),
                context);
    }

    /**
     * Appends both bounds to each row.
     *
     * @param output columns of the input, then the bounds
     */
    public static RowWindowOperator assign(
            long size, List<Integer> keys, List<DataType> keyTypes, Schema output, OperatorContext context) {
        ZoneShift utc = new ZoneShift(ZoneOffset.UTC);
        return new RowWindowOperator(
                size, keys, keyTypes, layout -> new AssignedSessions(output, BOUNDS, layout, utc, context), context);
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
            int rowCount = batch.rowCount();
            if (counters.length < rowCount) {
                counters = new long[rowCount];
                groups = new long[rowCount];
            }
            KeyBatch keys = encoder.encode(batch, keyColumns);
            counts.resolve(keys, counters);
            groupTable.clear();
            groupTable.resolve(keys, groups);
            cut.begin(rowCount);
            for (int row = 0; row < rowCount; row++) {
                place(row);
            }
            content.add(batch, keys, 0, rowCount, cut, cut.starts, cut.sequences);
            if (cut.fullCount > 0) {
                content.write(cut.full(keys), output);
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
        try (RecordCursor cursor = counts.scan()) {
            long[] records = new long[KEYS];
            for (int listed = cursor.next(keys, records); listed > 0; listed = cursor.next(keys, records)) {
                cut.begin(KEYS);
                for (int key = 0; key < listed; key++) {
                    long number = Memory.getLong(records[key]);
                    if (number % size != 0) {
                        long start = number - number % size;
                        cut.addFull(key, start, start + size);
                    }
                }
                if (cut.fullCount > 0) {
                    content.write(cut.full(keys), output);
                }
            }
        }
    }
}
