package io.sabot.connectors.parquet;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.TimestampUnits;
import io.sabot.connectors.record.UnsignedNumber;
import io.sabot.connectors.text.TextValues;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Takes single values. */
abstract class ParquetAtomic extends PrimitiveConverter implements ParquetValue {
    private static final long JULIAN_EPOCH_DAY = 2_440_588;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private final Type requested;
    private @Nullable ColumnBuilder target;

    private ParquetAtomic(Type requested) {
        this.requested = requested;
    }

    @Override
    public Type requested() {
        return requested;
    }

    @Override
    public Converter converter() {
        return this;
    }

    @Override
    public void bind(ColumnBuilder builder) {
        target = builder;
    }

    ColumnBuilder target() {
        return Objects.requireNonNull(target);
    }

    static ParquetAtomic of(PrimitiveType file, AtomicType type) throws FieldProblem {
        ParquetAtomic value = switch (file.getPrimitiveTypeName()) {
            case BOOLEAN -> type.kind() == TypeKind.BOOLEAN ? flags(file) : null;
            case INT32, INT64 -> numbers(file, type);
            case FLOAT, DOUBLE -> floats(file, type);
            case INT96 -> type.kind().isTimestamp() ? oldTimestamps(file, type) : null;
            case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(file, type);
        };
        if (value == null) {
            throw ParquetValue.mismatch(file, type);
        }
        return value;
    }

    private static ParquetAtomic flags(PrimitiveType file) {
        return new ParquetAtomic(file) {
            @Override
            public void addBoolean(boolean value) {
                target().appendBoolean(value);
            }
        };
    }

    private static @Nullable ParquetAtomic floats(PrimitiveType file, AtomicType type) {
        if (type.kind() != TypeKind.FLOAT && type.kind() != TypeKind.DOUBLE) {
            return null;
        }
        boolean single = type.kind() == TypeKind.FLOAT;
        return new ParquetAtomic(file) {
            @Override
            public void addFloat(float value) {
                addDouble(value);
            }

            @Override
            public void addDouble(double value) {
                if (single) {
                    target().appendFloat((float) value);
                } else {
                    target().appendDouble(value);
                }
            }
        };
    }

    /** Something to do with a whole number. */
    private interface Append {
        void append(long value, ColumnBuilder target);
    }

    private static @Nullable ParquetAtomic numbers(PrimitiveType file, AtomicType type) {
        Append append = append(file, type);
        if (append == null) {
            return null;
        }
        if (file.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
                && !whole.isSigned()) {
            return unsigned(file, type, append);
        }
        return new ParquetAtomic(file) {
            @Override
            public void addInt(int value) {
                append.append(value, target());
            }

            @Override
            public void addLong(long value) {
                append.append(value, target());
            }
        };
    }

    private static ParquetAtomic unsigned(PrimitiveType file, AtomicType type, Append append) {
        return new ParquetAtomic(file) {
            @Override
            public void addInt(int value) {
                append.append(Integer.toUnsignedLong(value), target());
            }

            @Override
            public void addLong(long value) {
                if (value >= 0) {
                    append.append(value, target());
                    return;
                }
                try {
                    UnsignedNumber.append(value, type, target());
                } catch (FieldProblem problem) {
                    throw new ArithmeticException(String.valueOf(problem.getMessage()));
                }
            }
        };
    }

    private static @Nullable Append append(PrimitiveType file, AtomicType type) {
        LogicalTypeAnnotation logical = file.getLogicalTypeAnnotation();
        if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
            return type.kind() == TypeKind.DECIMAL
                    ? (value, target) ->
                            TextValues.appendDecimal(BigDecimal.valueOf(value, decimal.getScale()), type, target)
                    : null;
        }
        return switch (type.kind()) {
            case TINYINT -> (value, target) -> target.appendByte((byte) inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case SMALLINT ->
                (value, target) -> target.appendShort((short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE));
            case INT, DATE ->
                (value, target) -> target.appendInt((int) inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BIGINT -> (value, target) -> target.appendLong(value);
            case FLOAT -> (value, target) -> target.appendFloat((float) value);
            case DOUBLE -> (value, target) -> target.appendDouble((double) value);
            case DECIMAL -> (value, target) -> TextValues.appendDecimal(BigDecimal.valueOf(value), type, target);
            case TIME -> {
                long perMilli = logical instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation time
                        ? perMilli(time.getUnit())
                        : 1;
                yield (value, target) -> target.appendInt((int) (value / perMilli));
            }
            case TIMESTAMP, TIMESTAMP_LTZ -> timestamp(logical, type);
            case BOOLEAN, CHAR, VARCHAR, BINARY, VARBINARY, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL -> null;
        };
    }

    private static long inRange(long value, long least, long greatest) {
        if (value < least || value > greatest) {
            throw new ArithmeticException("the number " + value + " does not fit");
        }
        return value;
    }

    private static long perMilli(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1;
            case MICROS -> 1_000;
            case NANOS -> 1_000_000;
        };
    }

    private static Append timestamp(@Nullable LogicalTypeAnnotation logical, AtomicType type) {
        long written = logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp
                ? perMilli(timestamp.getUnit()) * 1_000
                : 1_000;
        long wanted = Storage.unitsPerMilli(type.precision()) * 1_000;
        return (value, target) -> target.appendLong(TimestampUnits.convert(value, written, wanted));
    }

    /** Nanoseconds of the day, then the Julian day, as Hive, Spark and Flink write them. */
    private static ParquetAtomic oldTimestamps(PrimitiveType file, AtomicType type) {
        long wanted = Storage.unitsPerMilli(type.precision()) * 1_000;
        return new ParquetAtomic(file) {
            @Override
            public void addBinary(Binary value) {
                ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                long nanos = bytes.getLong(bytes.position());
                long day = bytes.getInt(bytes.position() + 8) - JULIAN_EPOCH_DAY;
                long millis = day * MILLIS_PER_DAY + Math.floorDiv(nanos, 1_000_000L);
                target().appendLong(TimestampUnits.convertMillis(millis, Math.floorMod(nanos, 1_000_000), wanted));
            }
        };
    }

    private static @Nullable ParquetAtomic bytes(PrimitiveType file, AtomicType type) {
        if (file.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
            return type.kind() != TypeKind.DECIMAL
                    ? null
                    : new ParquetAtomic(file) {
                        @Override
                        public void addBinary(Binary value) {
                            TextValues.appendDecimal(
                                    new BigDecimal(new BigInteger(value.getBytesUnsafe()), decimal.getScale()),
                                    type,
                                    target());
                        }
                    };
        }
        if (!type.kind().isText() && !type.kind().isBinary()) {
            return null;
        }
        return new ParquetAtomic(file) {
            @Override
            public void addBinary(Binary value) {
                byte[] bytes = value.getBytesUnsafe();
                target().appendBytes(bytes, 0, bytes.length);
            }
        };
    }
}
