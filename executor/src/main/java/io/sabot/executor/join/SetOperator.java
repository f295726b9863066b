package io.sabot.executor.join;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.RowsOut;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Watermark;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * INTERSECT and EXCEPT, with or without ALL, over two changelogs of equal columns, routed by the whole row; NULL equals NULL.
 *
 * <p>State: row → how often it is in the left input, how often in the right one, signed. What a batch changes in the result
 * leaves as the difference, so a row that comes and goes in one batch is not seen. With {@code emitAtEnd} the result leaves
 * once, when both inputs have ended.
 *
 * <pre>
 *   record:  │ count left 8 │ count right 8 │ 1 + place among the records touched by the batch, else 0 │
 * </pre>
 */
public final class SetOperator implements Operator {
    private static final int RECORD_BYTES = 24;

    private final SetOperation operation;
    private final boolean emitAtEnd;
    private final int[] columns;
    private final HeldWatermarks held = new HeldWatermarks();
    private final KeyEncoder encoder;
    private final RowsOut out;
    private final RecordTable table;
    private final LongAdder droppedRetractions;
    private long[] records = new long[0];
    private int[] touchedRows = new int[0];
    private long[] resultsBefore = new long[0];

    /** @param schema columns of both inputs and of the result */
    public SetOperator(SetOperation operation, Schema schema, boolean emitAtEnd, OperatorContext context) {
        this.operation = operation;
        this.emitAtEnd = emitAtEnd;
        this.columns = IntStream.range(0, schema.size()).toArray();
        this.encoder = context.own(new KeyEncoder(context.allocator(), JoinSpec.types(schema)));
        this.out = new RowsOut(schema, false, context);
        this.table =
                context.state().recordTable("rows", RecordSpec.of(encoder.layout(), RECORD_BYTES, StateBound.NOTHING));
        this.droppedRetractions = context.counter("dropped_retractions");
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            int rowCount = batch.rowCount();
            if (records.length < rowCount) {
                records = new long[rowCount];
                touchedRows = new int[rowCount];
                resultsBefore = new long[rowCount];
            }
            KeyBatch keys = encoder.encode(batch, columns);
            table.resolve(keys, records);
            int touched = count(input, batch, table.forgets(), droppedRetractions);
            if (!emitAtEnd) {
                writeChanges(keys, touched, batch.lateBefore(), output);
            }
            removeEmpty(keys, touched);
        }
    }

    /** Adds the signs of the rows to their records. Returns how many records were touched. */
    private int count(int input, Batch batch, boolean forgets, LongAdder dropped) {
        int touched = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            long record = records[row];
            if (Memory.getLong(record + 16) == 0) {
                touchedRows[touched] = row;
                resultsBefore[touched] = result(record);
                Memory.putLong(record + 16, ++touched);
            }
            long at = record + 8L * input;
            long after = Memory.getLong(at) + batch.sign(row);
            if (after < 0 && forgets) {
                dropped.increment();
                after = 0;
            }
            Memory.putLong(at, after);
        }
        return touched;
    }

    private long result(long record) {
        return operation.result(Memory.getLong(record), Memory.getLong(record + 8));
    }

    private void writeChanges(KeyBatch keys, int touched, long lateBefore, Output output) {
        for (int i = 0; i < touched; i++) {
            int row = touchedRows[i];
            add(keys.address(row), keys.length(row), result(records[row]) - resultsBefore[i], lateBefore, output);
        }
        out.emit(lateBefore, output);
    }

    /** Adds a row {@code times} times; less than 0 takes it away. */
    private void add(long address, int length, long times, long lateBefore, Output output) {
        RowKind kind = times > 0 ? RowKind.INSERT : RowKind.DELETE;
        for (long i = Math.abs(times); i > 0; i--) {
            out.add(kind, address, length);
            if (out.isFull()) {
                out.emit(lateBefore, output);
            }
        }
    }

    private void removeEmpty(KeyBatch keys, int touched) {
        int gone = 0;
        for (int i = 0; i < touched; i++) {
            long record = records[touchedRows[i]];
            Memory.putLong(record + 16, 0);
            if (Memory.getLong(record) == 0 && Memory.getLong(record + 8) == 0) {
                touchedRows[gone++] = touchedRows[i];
            }
        }
        if (gone > 0) {
            table.remove(keys, touchedRows, gone);
        }
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
                add(cursor.keyAddress(), cursor.keyLength(), result(cursor.recordAddress()), Batch.NOT_LATE, output);
            }
        }
        out.emit(output);
        held.release(output);
    }
}
