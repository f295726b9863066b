package io.sabot.executor.filter;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Scratch;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyDecoder;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * Computes columns of rows that come and go, some of which cannot be computed twice: what a row got is kept, and goes with it.
 * Of equal rows each has values of its own; the oldest go first. A row that goes before it came gets values, too, and the row
 * that it stands for gets the same when it comes.
 *
 * <pre>
 *   input row →  │ rows that are there, or below 0 that went before they came 8 │ tail: │ length 4 │ values │ length 4 │ …
 * </pre>
 */
public final class RememberOperator implements Operator {
    private final Projector projector;
    private final Schema output;
    private final List<Integer> remembered;
    private final SqlSpan span;
    private final int[] columns;
    private final BufferAllocator allocator;
    private final KeyEncoder rows;
    private final KeyEncoder values;
    private final KeyDecoder decoder;
    private final KeyBatch chosen;
    private final RecordTable table;
    private final Scratch tail;
    private long[] records = new long[0];
    private int[] gone = new int[0];

    /**
     * An operator.
     *
     * @param remembered columns of the output that cannot be computed twice
     * @param span place in the SQL text for rows that fail
     */
    public RememberOperator(
            Projector projector,
            Schema input,
            Schema output,
            List<Integer> remembered,
            SqlSpan span,
            OperatorContext context) {
        this.projector = projector;
        this.output = output;
        this.remembered = List.copyOf(remembered);
        this.span = span;
        this.columns = IntStream.range(0, input.size()).toArray();
        this.allocator = context.allocator();
        List<DataType> types = input.fields().stream().map(Field::type).toList();
        List<DataType> kept = remembered.stream().map(output::type).toList();
        this.rows = context.own(new KeyEncoder(allocator, types));
        this.values = context.own(KeyEncoder.ofRows(allocator, kept));
        this.decoder = new KeyDecoder(kept);
        this.chosen = context.own(new KeyBatch(allocator, values.layout()));
        this.table = context.state()
                .recordTable(
                        "remembered",
                        RecordSpec.of(rows.layout(), 8, StateBound.NOTHING).withTail());
        this.tail = context.own(new Scratch(allocator));
    }

    @Override
    public void onBatch(int number, Batch batch, Output target) {
        Batch result = null;
        try (batch) {
            if (batch.rowCount() > 0) {
                result = compute(batch);
            }
        } catch (SabotException e) {
            throw e.at(span);
        }
        if (result != null) {
            target.emit(result);
        }
    }

    private Batch compute(Batch batch) {
        List<FieldVector> vectors = new ArrayList<>(projector.project(batch, null, allocator));
        try {
            choose(batch, vectors);
            replace(vectors, batch.rowCount());
            return new Batch(vectors, batch.rowCount(), batch.retainKinds(), batch.lateBefore());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    /** Finds what each row had, or keeps what it got. */
    private void choose(Batch batch, List<FieldVector> computed) {
        int count = batch.rowCount();
        if (records.length < count) {
            records = new long[count];
            gone = new int[count];
        }
        Column[] fresh = remembered.stream()
                .map(column -> new Column(computed.get(column)))
                .toArray(Column[]::new);
        KeyBatch values = this.values.encode(fresh, null, count);
        KeyBatch keys = rows.encode(batch, columns);
        table.resolve(keys, records);
        chosen.clear();
        for (int row = 0; row < count; row++) {
            long record = records[row];
            long there = Memory.getLong(record);
            int sign = batch.sign(row);
            if (there * sign < 0) {
                takeOldest(record);
            } else {
                append(record, values.address(row), values.length(row));
            }
            Memory.putLong(record, there + sign);
        }
        int goneCount = 0;
        for (int row = 0; row < count; row++) {
            if (Memory.getLong(records[row]) == 0) {
                gone[goneCount++] = row;
            }
        }
        if (goneCount > 0) {
            table.remove(keys, gone, goneCount);
        }
    }

    private void takeOldest(long record) {
        long tail = table.tailAddress(record);
        int length = Memory.getInt(tail);
        chosen.append(tail + 4, length);
        int rest = table.tailLength(record) - 4 - length;
        long room = this.tail.room(rest);
        Memory.copy(tail + 4 + length, room, rest);
        table.setTail(record, room, rest);
    }

    private void append(long record, long bytes, int length) {
        chosen.append(bytes, length);
        int before = table.tailLength(record);
        long room = tail.room(before + 4L + length);
        Memory.copy(table.tailAddress(record), room, before);
        Memory.putInt(room + before, length);
        Memory.copy(bytes, room + before + 4, length);
        table.setTail(record, room, before + 4 + length);
    }

    private void replace(List<FieldVector> vectors, int count) {
        List<ColumnBuilder> builders = new ArrayList<>();
        try {
            for (int column : remembered) {
                builders.add(new ColumnBuilder(output.name(column), output.type(column), allocator, count));
            }
            for (int row = 0; row < count; row++) {
                decoder.decode(chosen.address(row), chosen.length(row), builders, 0);
            }
            for (int i = 0; i < remembered.size(); i++) {
                vectors.set(remembered.get(i), builders.get(i).finish()).close();
            }
        } finally {
            builders.forEach(ColumnBuilder::close);
        }
    }
}
