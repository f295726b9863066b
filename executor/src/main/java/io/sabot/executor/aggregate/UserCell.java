package io.sabot.executor.aggregate;

import io.sabot.catalog.function.JavaAggregate;
import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.JavaTarget;
import io.sabot.executor.batch.JavaValues;
import io.sabot.executor.batch.Memory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * The accumulator of a function of a user: an object, kept as bytes in a slot of the record's tail. The rows of a batch are
 * gathered by record, so that an object is read and written once a batch. Owns the function.
 */
final class UserCell implements Accumulator, AutoCloseable {
    private final TextSlots texts;
    private final int slot;
    private final JavaAggregate function;
    private final JavaTarget target;
    private final JavaFunction.Signature signature;
    private final @Nullable Method retract;
    private final List<DataType> types;
    private final List<Integer> columns;
    private final BufferAllocator allocator;
    private final RowsByRecord byRecord = new RowsByRecord();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private @Nullable ArrowBuf scratch;

    /**
     * @param columns of the arguments; for accumulators of a local phase theirs alone
     * @param types of the arguments
     */
    UserCell(
            TextSlots texts,
            int slot,
            JavaAggregate function,
            List<Integer> columns,
            List<DataType> types,
            BufferAllocator allocator) {
        this.texts = texts;
        this.slot = slot;
        this.function = function;
        this.target = new JavaTarget(function.name(), function.newInstance());
        this.signature = function.find(types).orElseThrow();
        this.retract = function.retract(signature).orElse(null);
        this.columns = columns;
        this.types = types;
        this.allocator = allocator;
    }

    @Override
    public void add(Column column, Run run, Tails tails) {
        throw new AssertionError("values of several columns");
    }

    @Override
    public void add(Batch batch, int column, Run run, Tails tails) {
        byte[] signs = run.signs();
        byRecord.gather(run);
        for (int r = 0; r < byRecord.count(); r++) {
            long record = byRecord.record(r);
            Object accumulator = open(tails, record);
            for (int i = byRecord.first(r); i >= 0; i = byRecord.next(i)) {
                change(accumulator, batch, run.rows()[i], signs == null || signs[i] > 0);
            }
            store(tails, record, accumulator);
        }
    }

    /** Changes an accumulator by a row, unless a NULL has no place in its parameters. */
    private void change(Object accumulator, Batch batch, int row, boolean comes) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int a = 0; a < values.length; a++) {
            Class<?> wanted = signature.parameterClass(a);
            FieldVector vector = batch.column(columns.get(a)).vector();
            Object value = JavaValues.read(vector, row, types.get(a), wanted);
            if (value == null && wanted.isPrimitive()) {
                return;
            }
            values[a] = value == null ? null : widened(value, signature.parameter(a));
        }
        @Nullable Object[] arguments = JavaTarget.passed(signature, values);
        @Nullable Object[] passed = new Object[arguments.length + 1];
        passed[0] = accumulator;
        System.arraycopy(arguments, 0, passed, 1, arguments.length);
        target.invoke(comes ? signature.method() : Objects.requireNonNull(retract), passed, values);
    }

    /** A number in the class of a wider type. */
    private static Object widened(Object value, DataType type) {
        if (!(value instanceof Number number) || !(type instanceof AtomicType atomic)) {
            return value;
        }
        return switch (atomic.kind()) {
            case TINYINT -> number.byteValue();
            case SMALLINT -> number.shortValue();
            case INT -> number.intValue();
            case BIGINT -> number.longValue();
            case FLOAT -> number.floatValue();
            case DOUBLE -> number.doubleValue();
            case DECIMAL ->
                (value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue()))
                        .setScale(atomic.scale(), RoundingMode.HALF_UP);
            default -> value;
        };
    }

    private Object open(Tails tails, long record) {
        int length = texts.length(tails, record, slot);
        return length < 0 ? create() : read(texts.address(tails, record, slot), length);
    }

    private Object create() {
        Object made = target.invoke(function.createAccumulator(), new Object[0], new Object[0]);
        if (made == null) {
            throw target.badValue("accumulator", new IllegalStateException("createAccumulator() gave null"));
        }
        return made;
    }

    private Object read(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        try {
            Object value = function.codec().read(new DataInputStream(new ByteArrayInputStream(bytes)));
            return value == null ? create() : value;
        } catch (IOException e) {
            throw target.badValue("accumulator", e);
        }
    }

    private void store(Tails tails, long record, Object accumulator) {
        written.reset();
        try {
            function.codec().write(accumulator, new DataOutputStream(written));
        } catch (IOException | ClassCastException e) {
            throw target.badValue("accumulator that can be kept", e);
        }
        int length = written.size();
        ArrowBuf room = room(length);
        room.setBytes(0, written.toByteArray());
        texts.set(tails, record, slot, room.memoryAddress(), length);
    }

    private ArrowBuf room(int length) {
        ArrowBuf room = scratch;
        if (room == null || room.capacity() < length) {
            if (room != null) {
                room.close();
            }
            room = allocator.buffer(Math.max(256L, length * 2L));
            scratch = room;
        }
        return room;
    }

    @Override
    public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
        for (int i = 0; i < count; i++) {
            int length = texts.length(fromTails, from[i], slot);
            if (length >= 0) {
                merge(toTails, to[i], texts.address(fromTails, from[i], slot), length);
            }
        }
    }

    private void merge(Tails tails, long record, long bytes, int length) {
        if (texts.length(tails, record, slot) < 0) {
            texts.set(tails, record, slot, bytes, length);
            return;
        }
        Object more = read(bytes, length);
        Object accumulator = open(tails, record);
        @Nullable Object[] passed = {accumulator, List.of(more)};
        target.invoke(function.merge().orElseThrow(), passed, new Object[] {accumulator, more});
        store(tails, record, accumulator);
    }

    /** The values of the accumulators, also of those that no row was added to. */
    Result result(DataType type) {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                Object accumulator = open(tails, records[i]);
                @Nullable Object[] passed = {accumulator};
                Object value = target.invoke(function.value(), passed, passed);
                try {
                    JavaValues.append(out, type, value);
                } catch (ClassCastException | ArithmeticException e) {
                    throw target.badValue(type.name(), e);
                }
            }
        };
    }

    /** Adds accumulators that a local phase has made. */
    Accumulator ofPartials() {
        return new Accumulator() {
            @Override
            public void add(Column column, Run run, Tails tails) {
                for (int i = 0; i < run.count(); i++) {
                    int row = run.rows()[i];
                    UserCell.this.merge(tails, run.records()[i], column.start(row), column.length(row));
                }
            }

            @Override
            public void merge(long[] from, Tails fromTails, long[] to, Tails toTails, int count) {
                UserCell.this.merge(from, fromTails, to, toTails, count);
            }
        };
    }

    /** The accumulators as bytes; NULL where no row was added. */
    Result partial() {
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                int length = texts.length(tails, records[i], slot);
                if (length < 0) {
                    out.appendNull();
                } else {
                    out.appendBytes(texts.address(tails, records[i], slot), length);
                }
            }
        };
    }

    @Override
    public void close() {
        target.close();
        if (scratch != null) {
            scratch.close();
            scratch = null;
        }
    }
}
