package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.OrderedCursor;
import io.sabot.executor.state.OrderedSpec;
import io.sabot.executor.state.OrderedTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts bounded input and puts a range of it out when it has ended. Rows that are equal in order stay as they came. With
 * {@code fetch} only {@code offset + fetch} rows are kept at any time. Input only grows: plans over bounded input do not
 * retract.
 */
public final class SortOperator implements Operator {
    private final Schema schema;
    private final List<SortColumn> order;
    private final long offset;
    private final long fetch;
    private final long most;
    private final HeldWatermarks held = new HeldWatermarks();
    private final int[] allColumns;
    private long lastSequence;
    private @Nullable Open open;

    private record Open(
            OperatorContext context,
            KeyEncoder partitionEncoder,
            KeyBatch partition,
            KeyEncoder rowEncoder,
            SortKeyEncoder sortKeys,
            OrderedTable table,
            OrderedCursor cursor,
            LongCell sequence) {}

    /** @param fetch most rows to put out; -1 means all */
    public SortOperator(Schema schema, List<SortColumn> order, long offset, long fetch) {
        this.schema = schema;
        this.order = List.copyOf(order);
        this.offset = offset;
        this.fetch = fetch;
        this.most = fetch < 0 || offset > Long.MAX_VALUE - fetch ? Long.MAX_VALUE : offset + fetch;
        this.allColumns = new int[schema.size()];
        for (int c = 0; c < allColumns.length; c++) {
            allColumns[c] = c;
        }
    }

    private List<DataType> types() {
        return schema.fields().stream().map(Field::type).toList();
    }

    @Override
    public void open(OperatorContext context) {
        KeyEncoder partitionEncoder = new KeyEncoder(context.allocator(), List.of());
        OrderedTable table =
                context.state().orderedTable("rows", new OrderedSpec(partitionEncoder.layout(), 0, StateBound.NOTHING));
        open = new Open(
                context,
                partitionEncoder,
                partitionEncoder.encode(new Column[0], null, 1),
                KeyEncoder.ofRows(context.allocator(), types()),
                new SortKeyEncoder(schema, order, context.allocator()),
                table,
                table.cursor(),
                context.state().cell("sequence", 0, LongCell.Merge.MAX));
        lastSequence = open.sequence.get();
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
            if (most == 0) {
                return;
            }
            KeyBatch rows = state.rowEncoder.encode(batch, allColumns);
            for (int row = 0; row < batch.rowCount(); row++) {
                if (batch.sign(row) < 0) {
                    throw new IllegalStateException("a row was taken back while sorting");
                }
                state.sortKeys.encode(batch, row);
                if (state.table.size() < most || isBeforeLast(state)) {
                    state.table.resolve(
                            state.partition,
                            0,
                            state.sortKeys.address(),
                            state.sortKeys.length(),
                            ++lastSequence,
                            rows.address(row),
                            rows.length(row));
                    if (state.table.size() > most) {
                        removeLast(state);
                    }
                }
            }
        }
    }

    /** Whether the row encoded comes before the last one kept. */
    private static boolean isBeforeLast(Open state) {
        state.cursor.seekLast(state.partition, 0);
        if (!state.cursor.previous()) {
            return true;
        }
        long a = state.sortKeys.address();
        long b = state.cursor.orderKeyAddress();
        int common = Math.min(state.sortKeys.length(), state.cursor.orderKeyLength());
        for (int i = 0; i < common; i++) {
            int difference = (Memory.getByte(a + i) & 0xFF) - (Memory.getByte(b + i) & 0xFF);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return state.sortKeys.length() < state.cursor.orderKeyLength();
    }

    private static void removeLast(Open state) {
        state.cursor.seekLast(state.partition, 0);
        if (state.cursor.previous()) {
            state.cursor.remove();
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (!held.hold(watermark)) {
            output.emit(watermark);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        opened().sequence.set(lastSequence);
    }

    @Override
    public void onEnd(Output output) {
        Open state = opened();
        KeyDecoder decoder = new KeyDecoder(types());
        OrderedCursor cursor = state.cursor;
        cursor.seekFirst(state.partition, 0);
        long skip = offset;
        long left = fetch < 0 ? Long.MAX_VALUE : fetch;
        boolean more = true;
        while (more && left > 0) {
            int capacity = (int) Math.min(left, state.context.batchRows());
            try (BatchBuilder builder = new BatchBuilder(schema, state.context.allocator(), capacity)) {
                List<ColumnBuilder> columns = new ArrayList<>();
                for (int c = 0; c < builder.columnCount(); c++) {
                    columns.add(builder.column(c));
                }
                while (builder.rowCount() < capacity && (more = cursor.next())) {
                    if (skip > 0) {
                        skip--;
                    } else {
                        decoder.decode(cursor.rowAddress(), cursor.rowLength(), columns, 0);
                        builder.endRow();
                        left--;
                    }
                }
                output.emit(builder.finish());
            }
        }
        held.release(output);
    }

    @Override
    public void close() {
        Open state = open;
        if (state != null) {
            open = null;
            state.partitionEncoder.close();
            state.rowEncoder.close();
            state.sortKeys.close();
        }
    }
}
