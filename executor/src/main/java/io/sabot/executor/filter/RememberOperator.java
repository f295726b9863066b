package io.sabot.executor.filter;

import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
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
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

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
    private final Schema input;
    private final Schema output;
    private final List<Integer> remembered;
    private final SqlSpan span;
    private final int[] columns;
    private long[] records = new long[0];
    private int[] gone = new int[0];
    private @Nullable Open open;

    private record Open(
            BufferAllocator allocator,
            KeyEncoder rows,
            KeyEncoder values,
            KeyDecoder decoder,
            KeyBatch chosen,
            RecordTable table,
            Tail tail) {}

    /** A tail while it changes. */
    private static final class Tail implements AutoCloseable {
        private final BufferAllocator allocator;
        private ArrowBuf bytes;

        Tail(BufferAllocator allocator) {
            this.allocator = allocator;
            this.bytes = allocator.buffer(256);
        }

        long room(long size) {
            if (bytes.capacity() < size) {
                bytes.close();
                bytes = allocator.buffer(size * 2);
            }
            return bytes.memoryAddress();
        }

        @Override
        public void close() {
            bytes.close();
        }
    }

    /**
     * Takes ownership of the projector.
     *
     * @param remembered columns of the output that cannot be computed twice
     * @param span place in the SQL text for rows that fail
     */
    public RememberOperator(Projector projector, Schema input, Schema output, List<Integer> remembered, SqlSpan span) {
        this.projector = projector;
        this.input = input;
        this.output = output;
        this.remembered = List.copyOf(remembered);
        this.span = span;
        this.columns = IntStream.range(0, input.size()).toArray();
    }

    @Override
    public void open(OperatorContext context) {
        BufferAllocator allocator = context.allocator();
        List<DataType> types = input.fields().stream().map(Field::type).toList();
        List<DataType> kept = remembered.stream().map(output::type).toList();
        KeyEncoder rows = new KeyEncoder(allocator, types);
        KeyEncoder values = KeyEncoder.ofRows(allocator, kept);
        open = new Open(
                allocator,
                rows,
                values,
                new KeyDecoder(kept),
                new KeyBatch(allocator, values.layout()),
                context.state()
                        .recordTable(
                                "remembered",
                                RecordSpec.of(rows.layout(), 8, StateBound.NOTHING)
                                        .withTail()),
                new Tail(allocator));
    }

    private Open opened() {
        Open opened = open;
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void onBatch(int number, Batch batch, Output target) {
        Batch result = null;
        try (batch) {
            if (batch.rowCount() > 0) {
                result = compute(batch, opened());
            }
        } catch (SabotException e) {
            throw e.at(span);
        }
        if (result != null) {
            target.emit(result);
        }
    }

    private Batch compute(Batch batch, Open state) {
        List<FieldVector> vectors = new ArrayList<>(projector.project(batch, null, state.allocator));
        try {
            choose(batch, vectors, state);
            replace(vectors, batch.rowCount(), state);
            return new Batch(vectors, batch.rowCount(), batch.retainKinds(), batch.lateBefore());
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    /** Finds what each row had, or keeps what it got. */
    private void choose(Batch batch, List<FieldVector> computed, Open state) {
        int count = batch.rowCount();
        if (records.length < count) {
            records = new long[count];
            gone = new int[count];
        }
        Column[] fresh = remembered.stream()
                .map(column -> new Column(computed.get(column)))
                .toArray(Column[]::new);
        KeyBatch values = state.values.encode(fresh, null, count);
        KeyBatch keys = state.rows.encode(batch, columns);
        state.table.resolve(keys, records);
        state.chosen.clear();
        for (int row = 0; row < count; row++) {
            long record = records[row];
            long there = Memory.getLong(record);
            int sign = batch.sign(row);
            if (there * sign < 0) {
                takeOldest(record, state);
            } else {
                append(record, values.address(row), values.length(row), state);
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
            state.table.remove(keys, gone, goneCount);
        }
    }

    private static void takeOldest(long record, Open state) {
        long tail = state.table.tailAddress(record);
        int length = Memory.getInt(tail);
        state.chosen.append(tail + 4, length);
        int rest = state.table.tailLength(record) - 4 - length;
        long room = state.tail.room(rest);
        Memory.copy(tail + 4 + length, room, rest);
        state.table.setTail(record, room, rest);
    }

    private static void append(long record, long bytes, int length, Open state) {
        state.chosen.append(bytes, length);
        int before = state.table.tailLength(record);
        long room = state.tail.room(before + 4L + length);
        Memory.copy(state.table.tailAddress(record), room, before);
        Memory.putInt(room + before, length);
        Memory.copy(bytes, room + before + 4, length);
        state.table.setTail(record, room, before + 4 + length);
    }

    private void replace(List<FieldVector> vectors, int count, Open state) {
        List<ColumnBuilder> builders = new ArrayList<>();
        try {
            for (int column : remembered) {
                builders.add(new ColumnBuilder(output.name(column), output.type(column), state.allocator, count));
            }
            for (int row = 0; row < count; row++) {
                state.decoder.decode(state.chosen.address(row), state.chosen.length(row), builders, 0);
            }
            for (int i = 0; i < remembered.size(); i++) {
                vectors.set(remembered.get(i), builders.get(i).finish()).close();
            }
        } finally {
            builders.forEach(ColumnBuilder::close);
        }
    }

    @Override
    public void close() {
        projector.close();
        Open state = open;
        if (state != null) {
            open = null;
            state.rows.close();
            state.values.close();
            state.chosen.close();
            state.tail.close();
        }
    }
}
