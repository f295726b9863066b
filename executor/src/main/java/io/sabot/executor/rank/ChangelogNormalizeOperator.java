package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;
import java.util.Arrays;
import java.util.List;

/**
 * Turns upserts by key into a changelog with before-images, every version of a row included. A row that comes replaces the
 * one with its key; one that goes takes it away, whatever its other columns hold. What changes nothing is dropped. With
 * {@code emitAtEnd} the last row of each key leaves once, when the input has ended.
 */
public final class ChangelogNormalizeOperator implements Operator {
    private final Schema schema;
    private final int[] keyColumns;
    private final int[] allColumns;
    private final boolean emitAtEnd;
    private final HeldWatermarks held = new HeldWatermarks();
    private final OperatorContext context;
    private final KeyEncoder keyEncoder;
    private final KeyEncoder rowEncoder;
    private final KeyDecoder decoder;
    private final RecordTable table;
    private final RowsOut out;
    private long[] records = new long[0];
    private int[] gone = new int[0];

    public ChangelogNormalizeOperator(Schema schema, List<Integer> keys, boolean emitAtEnd, OperatorContext context) {
        this.schema = schema;
        this.keyColumns = keys.stream().mapToInt(Integer::intValue).toArray();
        this.emitAtEnd = emitAtEnd;
        this.allColumns = new int[schema.size()];
        for (int c = 0; c < allColumns.length; c++) {
            allColumns[c] = c;
        }
        this.context = context;
        List<DataType> types = schema.fields().stream().map(Field::type).toList();
        this.keyEncoder = context.own(new KeyEncoder(
                context.allocator(),
                Arrays.stream(keyColumns).mapToObj(schema::type).toList()));
        this.rowEncoder = context.own(KeyEncoder.ofRows(context.allocator(), types));
        this.decoder = new KeyDecoder(types);
        this.table = context.state()
                .recordTable(
                        "rows",
                        RecordSpec.of(keyEncoder.layout(), 8, StateBound.KEYS).withTail());
        this.out = new RowsOut(schema, false, context);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            int rowCount = batch.rowCount();
            if (records.length < rowCount) {
                records = new long[rowCount];
                gone = new int[rowCount];
            }
            KeyBatch keys = keyEncoder.encode(batch, keyColumns);
            KeyBatch rows = rowEncoder.encode(batch, allColumns);
            table.resolve(keys, records);
            for (int row = 0; row < rowCount; row++) {
                apply(batch, row, rows);
            }
            int goneCount = 0;
            for (int row = 0; row < rowCount; row++) {
                if (Memory.getLong(records[row]) == 0) {
                    gone[goneCount++] = row;
                }
            }
            out.emit(batch.lateBefore(), output);
            if (goneCount > 0) {
                table.remove(keys, gone, goneCount);
            }
        }
    }

    private void apply(Batch batch, int row, KeyBatch rows) {
        long record = records[row];
        boolean was = Memory.getLong(record) != 0;
        boolean comes = batch.sign(row) > 0;
        if (was && comes && !table.forgets() && sameRow(table, record, rows.address(row), rows.length(row))) {
            return;
        }
        if (was && !emitAtEnd) {
            RowKind kind = comes ? RowKind.UPDATE_BEFORE : RowKind.DELETE;
            out.addCopy(kind, table.tailAddress(record), table.tailLength(record));
        }
        if (comes) {
            table.setTail(record, rows.address(row), rows.length(row));
            Memory.putLong(record, 1);
            if (!emitAtEnd) {
                out.add(was ? RowKind.UPDATE_AFTER : RowKind.INSERT, rows.address(row), rows.length(row));
            }
        } else {
            Memory.putLong(record, 0);
        }
    }

    private static boolean sameRow(RecordTable table, long record, long row, int length) {
        return table.tailLength(record) == length && Memory.equal(table.tailAddress(record), row, length);
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
            boolean more = true;
            while (more) {
                try (BatchBuilder builder = new BatchBuilder(schema, context.allocator(), context.batchRows())) {
                    List<ColumnBuilder> columns = builder.columns();
                    while (builder.rowCount() < context.batchRows() && (more = cursor.next())) {
                        decoder.decode(cursor.tailAddress(), cursor.tailLength(), columns, 0);
                        builder.endRow();
                    }
                    output.emit(builder.finish());
                }
            }
        }
        held.release(output);
    }
}
