package io.sabot.connectors.avro;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.TimestampUnits;
import io.sabot.connectors.text.TextValues;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads single values, with Avro's promotions and logical types. */
final class AvroAtomic {
    private AvroAtomic() {}

    static AvroValue of(Schema writer, AtomicType type) throws FieldProblem {
        AvroValue reader = switch (writer.getType()) {
            case BOOLEAN ->
                type.kind() == TypeKind.BOOLEAN ? (input, target) -> target.appendBoolean(input.nextBoolean()) : null;
            case INT, LONG -> number(writer, type);
            case FLOAT ->
                switch (type.kind()) {
                    case FLOAT -> (input, target) -> target.appendFloat(input.nextFloat());
                    case DOUBLE -> (input, target) -> target.appendDouble(input.nextFloat());
                    default -> null;
                };
            case DOUBLE ->
                switch (type.kind()) {
                    case FLOAT -> (input, target) -> target.appendFloat((float) input.nextDouble());
                    case DOUBLE -> (input, target) -> target.appendDouble(input.nextDouble());
                    default -> null;
                };
            case STRING, BYTES, FIXED -> bytes(writer, type);
            case ENUM -> type.kind().isText() ? symbol(writer) : null;
            case NULL, RECORD, ARRAY, MAP, UNION -> null;
        };
        if (reader == null) {
            throw AvroValue.mismatch(writer, type);
        }
        return reader;
    }

    /** A reader of a map's keys, which are texts. */
    static AvroValue text(DataType type) throws FieldProblem {
        return of(Schema.create(Schema.Type.STRING), (AtomicType) type);
    }

    private static @Nullable AvroValue number(Schema writer, AtomicType type) {
        return switch (type.kind()) {
            case TINYINT ->
                (input, target) -> target.appendByte((byte) inRange(input.nextLong(), Byte.MIN_VALUE, Byte.MAX_VALUE));
            case SMALLINT ->
                (input, target) ->
                        target.appendShort((short) inRange(input.nextLong(), Short.MIN_VALUE, Short.MAX_VALUE));
            case INT, DATE, INTERVAL_YEAR_MONTH ->
                (input, target) ->
                        target.appendInt((int) inRange(input.nextLong(), Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BIGINT, INTERVAL_DAY_TIME -> (input, target) -> target.appendLong(input.nextLong());
            case FLOAT -> (input, target) -> target.appendFloat((float) input.nextLong());
            case DOUBLE -> (input, target) -> target.appendDouble((double) input.nextLong());
            case DECIMAL ->
                (input, target) -> TextValues.appendDecimal(BigDecimal.valueOf(input.nextLong()), type, target);
            case TIME -> time(writer);
            case TIMESTAMP, TIMESTAMP_LTZ -> timestamp(writer, type);
            case BOOLEAN, CHAR, VARCHAR, BINARY, VARBINARY, NULL -> null;
        };
    }

    private static long inRange(long value, long least, long greatest) throws FieldProblem {
        if (value < least || value > greatest) {
            throw new FieldProblem("", "the number " + value + " does not fit");
        }
        return value;
    }

    private static AvroValue time(Schema writer) {
        long perMilli = writer.getLogicalType() instanceof LogicalTypes.TimeMicros ? 1000 : 1;
        return (input, target) -> target.appendInt((int) (input.nextLong() / perMilli));
    }

    private static AvroValue timestamp(Schema writer, AtomicType type) {
        long written = unitsPerMilli(writer.getLogicalType()) * 1_000;
        long wanted = Storage.unitsPerMilli(type.precision()) * 1_000;
        return (input, target) -> {
            try {
                target.appendLong(TimestampUnits.convert(input.nextLong(), written, wanted));
            } catch (ArithmeticException e) {
                throw new FieldProblem("", String.valueOf(e.getMessage()));
            }
        };
    }

    private static long unitsPerMilli(@Nullable LogicalType logical) {
        String name = logical == null ? "" : logical.getName();
        return name.endsWith("micros") ? 1_000 : name.endsWith("nanos") ? 1_000_000 : 1;
    }

    private static @Nullable AvroValue bytes(Schema writer, AtomicType type) {
        boolean fixed = writer.getType() == Schema.Type.FIXED;
        int size = fixed ? writer.getFixedSize() : 0;
        return switch (type.kind()) {
            case CHAR, VARCHAR, BINARY, VARBINARY ->
                (input, target) -> {
                    int length = fixed ? size : input.nextLength();
                    input.require(length);
                    target.appendBytes(input.position(), length);
                    input.move(length);
                };
            case DECIMAL -> {
                if (!(writer.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
                    yield null;
                }
                yield (input, target) -> {
                    int length = fixed ? size : input.nextLength();
                    input.require(length);
                    byte[] digits = new byte[length];
                    Memory.copy(input.position(), digits, 0, length);
                    input.move(length);
                    TextValues.appendDecimal(
                            new BigDecimal(length == 0 ? BigInteger.ZERO : new BigInteger(digits), decimal.getScale()),
                            type,
                            target);
                };
            }
            default -> null;
        };
    }

    private static AvroValue symbol(Schema writer) {
        return (AvroInput input, ColumnBuilder target) -> {
            long index = input.nextLong();
            if (index < 0 || index >= writer.getEnumSymbols().size()) {
                throw new FieldProblem("", "there is no symbol " + index + ": the record has another schema");
            }
            target.appendText(writer.getEnumSymbols().get((int) index));
        };
    }
}
