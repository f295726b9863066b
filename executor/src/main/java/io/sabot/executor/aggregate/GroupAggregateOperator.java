package io.sabot.executor.aggregate;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.HeldWatermarks;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordCursor;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows by key; the result is a changelog with at most one −old +new per group and batch, or, at the end of bounded
 * input, one row per group. Takes rows, or the accumulators of a local phase.
 *
 * <p>A group exists while its signed count of rows is positive. A count below zero (a row that goes before it came) is kept
 * and counted in {@code negative_groups}.
 */
public final class GroupAggregateOperator implements Operator {
    private final GroupAggregateSpec spec;
    private final int[] keyColumns;
    private final Run run = new Run();
    private final HeldWatermarks held = new HeldWatermarks();
    private final OperatorContext context;
    private final Aggregation aggregation;
    private final KeyEncoder encoder;
    private final KeyBatch keys;
    private final RecordTable table;
    private final Tails tails;
    private final TouchedRecords touched;
    private final @Nullable ValueState values;
    private final FoundedRows founded;
    private final LongAdder negativeGroups;
    private long[] records = new long[0];
    private long[] keyAddresses = new long[0];
    private int[] keyLengths = new int[0];
    private byte[] kinds = new byte[0];
    private int[] gone = new int[0];

    /** @param partials whether the input is what {@link LocalGroupAggregateOperator} puts out */
    public GroupAggregateOperator(GroupAggregateSpec spec, boolean partials, OperatorContext context) {
        this.spec = spec;
        this.keyColumns = spec.keyColumns();
        this.context = context;
        this.aggregation = context.own(
                partials
                        ? Aggregation.ofPartials(
                                spec.aggregates(), spec.keys().size(), spec.retracting(), context.allocator())
                        : Aggregation.ofRows(spec.aggregates(), spec.retracting(), context.allocator()));
        this.encoder = context.own(new KeyEncoder(context.allocator(), spec.keyTypes()));
        this.table = context.state()
                .recordTable(
                        "groups",
                        new RecordSpec(
                                encoder.layout(), aggregation.recordBytes(), aggregation.hasTail(), StateBound.KEYS));
        this.tails = new TableTails(table);
        this.keys = context.own(new KeyBatch(context.allocator(), encoder.layout()));
        this.touched = context.own(new TouchedRecords(
                context.allocator(), aggregation.recordBytes(), aggregation.hasTail() ? tails : null));
        this.values = aggregation.hasValues()
                ? ValueState.ofGroups(aggregation, spec.keyTypes(), keyColumns, spec.retracting(), context)
                : null;
        this.founded = new FoundedRows(encoder.layout(), context);
        this.negativeGroups = context.counter("negative_groups");
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (spec.emitAtEnd()) {
                run.setRange(batch, 0, batch.rowCount());
                table.resolve(encoder.encode(batch, keyColumns), run.records());
                update(batch);
            } else if (table.forgets() && !batch.isInsertOnly()) {
                changeFounded(batch, output);
            } else {
                change(batch, output);
            }
        }
    }

    private void update(Batch batch) {
        if (values == null) {
            aggregation.update(batch, run, tails);
        } else {
            values.update(0, batch, run, tails);
        }
    }

    /** Leaves out rows that are taken back from groups that have gone by themselves. */
    private void changeFounded(Batch batch, Output output) {
        Selection founded = this.founded.select(batch, encoder.encode(batch, keyColumns), table);
        if (founded.count() == batch.rowCount()) {
            change(batch, output);
        } else if (!founded.isEmpty()) {
            try (Batch rest = batch.take(founded, context.allocator())) {
                change(rest, output);
            }
        }
    }

    private void change(Batch batch, Output output) {
        int rowCount = batch.rowCount();
        boolean wasThere = table.size() > 0;
        KeyBatch keys = encoder.encode(batch, keyColumns);
        if (records.length < rowCount * 2) {
            grow(rowCount * 2);
        }
        run.setRange(batch, 0, rowCount);
        table.resolve(keys, run.records());
        touched.collect(run.records(), rowCount);
        update(batch);
        emit(keys, wasThere, output);
        int goneCount = spec.rowWhenEmpty() ? 0 : collectGone();
        if (goneCount > 0) {
            table.remove(keys, gone, goneCount);
        }
    }

    private void grow(int size) {
        records = new long[size];
        keyAddresses = new long[size];
        keyLengths = new int[size];
        kinds = new byte[size];
        gone = new int[size];
    }

    /** Rows whose groups have no rows left. */
    private int collectGone() {
        int count = 0;
        for (int i = 0; i < touched.count(); i++) {
            if (Aggregation.rowCount(touched.record(i)) == 0) {
                gone[count++] = touched.firstRow(i);
            }
        }
        return count;
    }

    /** Puts out what has become of the groups touched. */
    private void emit(KeyBatch keys, boolean wasThere, Output output) {
        int count = 0;
        for (int i = 0; i < touched.count(); i++) {
            long rowsBefore = Aggregation.rowCount(touched.before(i));
            long rowsNow = Aggregation.rowCount(touched.record(i));
            if (rowsNow < 0) {
                negativeGroups.increment();
            }
            boolean before = rowsBefore > 0 || (spec.rowWhenEmpty() && wasThere);
            boolean now = rowsNow > 0 || spec.rowWhenEmpty();
            int row = touched.firstRow(i);
            if (before) {
                add(count++, touched.before(i), keys, row, now ? RowKind.UPDATE_BEFORE : RowKind.DELETE);
            }
            if (now) {
                add(count++, touched.record(i), keys, row, before ? RowKind.UPDATE_AFTER : RowKind.INSERT);
            }
        }
        if (count == 0) {
            return;
        }
        try (RecordWriter writer =
                new RecordWriter(aggregation, spec.keyTypes(), spec.output(), context.allocator(), count)) {
            writer.writeResults(records, touched, keyAddresses, keyLengths, count);
            BatchBuilder builder = writer.builder();
            for (int i = 0; i < count; i++) {
                builder.endRow(kinds[i]);
            }
            if (table.forgets()) {
                // an update that changes nothing keeps what stands on this group alive
                output.emit(builder.finish());
                return;
            }
            EqualPairs.emitWithout(builder.finish(), spec.keys().size(), context.allocator(), output);
        }
    }

    private void add(int at, long record, KeyBatch keys, int row, RowKind kind) {
        records[at] = record;
        keyAddresses[at] = keys.address(row);
        keyLengths[at] = keys.length(row);
        kinds[at] = kind.code();
    }

    @Override
    public void onWatermark(Watermark watermark, Output output) {
        if (!spec.emitAtEnd() || !held.hold(watermark)) {
            output.emit(watermark);
        }
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        if (!spec.emitAtEnd()) {
            emitEmpty(output);
        }
    }

    /** The row of a group that never had rows, once. */
    private void emitEmpty(Output output) {
        if (spec.rowWhenEmpty() && table.size() == 0) {
            if (records.length == 0) {
                grow(2);
            }
            KeyBatch keys = encoder.encode(new Column[0], null, 1);
            table.resolve(keys, records);
            if (!spec.emitAtEnd()) {
                touched.collect(records, 1);
                emit(keys, false, output);
            }
        }
    }

    @Override
    public void onEnd(Output output) {
        emitEmpty(output);
        if (spec.emitAtEnd()) {
            emitAll(output);
            held.release(output);
        }
    }

    private void emitAll(Output output) {
        int batchRows = context.batchRows();
        grow(batchRows);
        try (RecordCursor cursor = table.scan()) {
            for (int listed = cursor.next(keys, records); listed > 0; listed = cursor.next(keys, records)) {
                int count = 0;
                for (int i = 0; i < listed; i++) {
                    if (Aggregation.rowCount(records[i]) > 0 || spec.rowWhenEmpty()) {
                        add(count++, records[i], keys, i, RowKind.INSERT);
                    }
                }
                emitRows(count, output);
            }
        }
    }

    private void emitRows(int count, Output output) {
        if (count == 0) {
            return;
        }
        try (RecordWriter writer =
                new RecordWriter(aggregation, spec.keyTypes(), spec.output(), context.allocator(), count)) {
            writer.writeResults(records, tails, keyAddresses, keyLengths, count);
            for (int i = 0; i < count; i++) {
                writer.builder().endRow();
            }
            output.emit(writer.builder().finish());
        }
    }
}
