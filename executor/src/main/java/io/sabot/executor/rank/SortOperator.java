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
import java.util.List;

/**
 * Sorts bounded input and puts a range of it out when it has ended. Rows that are equal in order stay as they came. With
 * {@code fetch} only {@code offset + fetch} rows are kept at any time. Input only grows: plans over bounded input do not
 * retract.
 */
public final class SortOperator implements Operator {
    private final Schema schema;
    private final long offset;
    private final long fetch;
    private final long most;
    private final HeldWatermarks held = new HeldWatermarks();
    private final int[] allColumns;
    private final OperatorContext context;
    private final KeyEncoder partitionEncoder;
    private final KeyBatch partition;
    private final KeyEncoder rowEncoder;
    private final SortKeyEncoder sortKeys;
    private final OrderedTable table;
    private final OrderedCursor cursor;
    private final LongCell savedSequence;
    private long lastSequence;

    /** @param fetch most rows to put out; -1 means all */
    public SortOperator(Schema schema, List<SortColumn> order, long offset, long fetch, OperatorContext context) {
        this.schema = schema;
        this.offset = offset;
        this.fetch = fetch;
        this.most = fetch < 0 || offset > Long.MAX_VALUE - fetch ? Long.MAX_VALUE : offset + fetch;
        this.allColumns = new int[schema.size()];
        for (int c = 0; c < allColumns.length; c++) {
            allColumns[c] = c;
        }
        this.context = context;
        this.partitionEncoder = context.own(new KeyEncoder(context.allocator(), List.of()));
        this.table =
                context.state().orderedTable("rows", new OrderedSpec(partitionEncoder.layout(), 0, StateBound.NOTHING));
        this.partition = partitionEncoder.encode(new Column[0], null, 1);
        this.rowEncoder = context.own(KeyEncoder.ofRows(context.allocator(), types()));
        this.sortKeys = context.own(new SortKeyEncoder(schema, order, context.allocator()));
        this.cursor = table.cursor();
        this.savedSequence = context.state().cell("sequence", 0, LongCell.Merge.MAX);
        lastSequence = savedSequence.get();
    }

    private List<DataType> types() {
        return schema.fields().stream().map(Field::type).toList();
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (most == 0) {
                return;
            }
            KeyBatch rows = rowEncoder.encode(batch, allColumns);
            for (int row = 0; row < batch.rowCount(); row++) {
                if (batch.sign(row) < 0) {
                    throw new IllegalStateException("a row was taken back while sorting");
                }
                sortKeys.encode(batch, row);
                if (table.size() < most || isBeforeLast()) {
                    table.resolve(
                            partition,
                            0,
                            sortKeys.address(),
                            sortKeys.length(),
                            ++lastSequence,
                            rows.address(row),
                            rows.length(row));
                    if (table.size() > most) {
                        removeLast();
                    }
                }
            }
        }
    }

    /** Whether the row encoded comes before the last one kept. */
    private boolean isBeforeLast() {
        cursor.seekLast(partition, 0);
        if (!cursor.previous()) {
            return true;
        }
        long a = sortKeys.address();
        long b = cursor.orderKeyAddress();
        int common = Math.min(sortKeys.length(), cursor.orderKeyLength());
        for (int i = 0; i < common; i++) {
            int difference = (Memory.getByte(a + i) & 0xFF) - (Memory.getByte(b + i) & 0xFF);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return sortKeys.length() < cursor.orderKeyLength();
    }

    private void removeLast() {
        cursor.seekLast(partition, 0);
        if (cursor.previous()) {
            cursor.remove();
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
        savedSequence.set(lastSequence);
    }

    @Override
    public void onEnd(Output output) {
        KeyDecoder decoder = new KeyDecoder(types());
        cursor.seekFirst(partition, 0);
        long skip = offset;
        long left = fetch < 0 ? Long.MAX_VALUE : fetch;
        boolean more = true;
        while (more && left > 0) {
            int capacity = (int) Math.min(left, context.batchRows());
            try (BatchBuilder builder = new BatchBuilder(schema, context.allocator(), capacity)) {
                List<ColumnBuilder> columns = builder.columns();
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
}
