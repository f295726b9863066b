package io.sabot.executor.rank;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adds up a changelog with before-images, equal rows together, and gives the rows that are left once, when the input has
 * ended. Rows are exchanged by all their columns.
 */
public final class ChangelogCollectOperator implements Operator {
    private final Schema schema;
    private final int[] columns;
    private final HeldWatermarks held = new HeldWatermarks();
    private final OperatorContext context;
    private final KeyEncoder keyEncoder;
    private final KeyEncoder rowEncoder;
    private final KeyDecoder decoder;
    private final RecordTable table;
    private long[] records = new long[0];
    private int[] gone = new int[0];

    public ChangelogCollectOperator(Schema schema, OperatorContext context) {
        this.schema = schema;
        this.columns = IntStream.range(0, schema.size()).toArray();
        this.context = context;
        List<DataType> types = schema.fields().stream().map(Field::type).toList();
        this.keyEncoder = context.own(new KeyEncoder(context.allocator(), types));
        this.rowEncoder = context.own(KeyEncoder.ofRows(context.allocator(), types));
        this.decoder = new KeyDecoder(types);
        this.table = context.state()
                .recordTable(
                        "rows",
                        RecordSpec.of(keyEncoder.layout(), 8, StateBound.NOTHING)
                                .withTail());
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            int rowCount = batch.rowCount();
            if (records.length < rowCount) {
                records = new long[rowCount];
                gone = new int[rowCount];
            }
            KeyBatch keys = keyEncoder.encode(batch, columns);
            KeyBatch rows = rowEncoder.encode(batch, columns);
            table.resolve(keys, records);
            for (int row = 0; row < rowCount; row++) {
                long record = records[row];
                if (Memory.getLong(record) == 0) {
                    table.setTail(record, rows.address(row), rows.length(row));
                }
                Memory.putLong(record, Memory.getLong(record) + batch.sign(row));
            }
            int goneCount = 0;
            for (int row = 0; row < rowCount; row++) {
                if (Memory.getLong(records[row]) == 0) {
                    gone[goneCount++] = row;
                }
            }
            if (goneCount > 0) {
                table.remove(keys, gone, goneCount);
            }
        }
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (!held.hold(watermark)) {
            output.emit(watermark);
        }
    }

    @Override
    public void onEnd(Output output) {
        int batchRows = context.batchRows();
        try (RecordCursor cursor = table.scan()) {
            long left = 0;
            boolean more = true;
            while (more) {
                try (BatchBuilder builder = new BatchBuilder(schema, context.allocator(), batchRows)) {
                    List<ColumnBuilder> targets = builder.columns();
                    while (builder.rowCount() < batchRows && more) {
                        if (left > 0) {
                            decoder.decode(cursor.tailAddress(), cursor.tailLength(), targets, 0);
                            builder.endRow();
                            left--;
                        } else {
                            more = cursor.next();
                            left = more ? Memory.getLong(cursor.recordAddress()) : 0;
                        }
                    }
                    if (builder.rowCount() > 0) {
                        output.emit(builder.finish());
                    }
                }
            }
        }
        held.release(output);
    }
}
