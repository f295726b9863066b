package io.sabot.connectors.datagen;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.time.Clock;
import java.math.BigDecimal;
import java.util.List;

/** Makes the values of one field. */
final class ValueGenerator {
    private static final int LENGTH = 100;
    private static final long ELEMENT_STEP = 1_000_003;

    private final long field;
    private final double nullRate;
    private final Maker maker;

    private ValueGenerator(String path, FieldOptions options, Maker maker) {
        this.field = path.hashCode();
        this.maker = maker;
        BigDecimal rate = options.number("null-rate").orElse(BigDecimal.ZERO);
        if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) > 0) {
            throw options.invalid("null-rate", rate.toString(), "a number from 0 to 1");
        }
        this.nullRate = rate.doubleValue();
    }

    /** Appends one value that is not NULL. */
    @FunctionalInterface
    interface Maker {
        void append(CellRandom random, long row, ColumnBuilder target);
    }

    /** The generator of a field at a path; it gives NULL where a row on the way is NULL. */
    static ValueGenerator of(List<String> path, Schema schema, Options options, Clock clock) {
        Field top = schema.fields().get(schema.indexOf(path.get(0)).orElseThrow());
        return along(path, 1, path.get(0), top.type(), options, clock);
    }

    private static ValueGenerator along(
            List<String> path, int depth, String name, DataType type, Options options, Clock clock) {
        if (depth == path.size()) {
            return of(name, type, options, clock);
        }
        Field inner = ((RowType) type)
                .fields().stream()
                        .filter(candidate -> candidate.name().equals(path.get(depth)))
                        .findFirst()
                        .orElseThrow();
        ValueGenerator rest = along(path, depth + 1, name + "." + inner.name(), inner.type(), options, clock);
        return new ValueGenerator(name, new FieldOptions(name, options), rest::append);
    }

    private static ValueGenerator of(String path, DataType type, Options options, Clock clock) {
        FieldOptions field = new FieldOptions(path, options);
        return new ValueGenerator(path, field, maker(path, type, options, field, clock));
    }

    private static Maker maker(String path, DataType type, Options options, FieldOptions field, Clock clock) {
        if (type instanceof AtomicType atomic) {
            return AtomicMakers.of(atomic, field, clock);
        }
        if (type instanceof RowType row) {
            return row(row.fields().stream()
                    .map(inner -> of(path + "." + inner.name(), inner.type(), options, clock))
                    .toList());
        }
        int length = (int) field.whole("length", 0, 1_000_000, LENGTH);
        if (type instanceof ArrayType array) {
            ValueGenerator element = of(path + ".element", array.element(), options, clock);
            return (random, row, target) -> {
                for (int i = 0; i < length; i++) {
                    element.append(random, row * ELEMENT_STEP + i, target.child(0));
                }
                target.appendList();
            };
        }
        DataType keyType = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
        DataType valueType = type instanceof MapType map ? map.value() : AtomicType.INT;
        return map(
                length,
                of(path + ".key", keyType.withNullable(false), options, clock),
                of(path + ".value", valueType, options, clock));
    }

    private static Maker row(List<ValueGenerator> fields) {
        return (random, row, target) -> {
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).append(random, row, target.child(i));
            }
            target.appendStruct();
        };
    }

    private static Maker map(int length, ValueGenerator key, ValueGenerator value) {
        return (random, row, target) -> {
            ColumnBuilder entries = target.child(0);
            for (int i = 0; i < length; i++) {
                key.append(random, row * ELEMENT_STEP + i, entries.child(0));
                value.append(random, row * ELEMENT_STEP + i, entries.child(1));
                entries.appendStruct();
            }
            target.appendList();
        };
    }

    void append(CellRandom random, long row, ColumnBuilder target) {
        random.begin(field, row);
        if (nullRate > 0 && random.fraction() < nullRate) {
            target.appendNull();
        } else {
            maker.append(random, row, target);
        }
    }
}
