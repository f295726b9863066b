package io.sabot.executor.batch;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * How the values of a type lie in memory.
 *
 * <p>BOOLEAN is a bitmap. TIMESTAMP and TIMESTAMP_LTZ are 8 bytes: milliseconds up to precision 3, microseconds up to 6,
 * nanoseconds up to 9. DECIMAL is 16 bytes, two's complement, scaled. Texts are UTF-8. INTERVAL DAY TO SECOND is 8 bytes
 * of milliseconds, INTERVAL YEAR TO MONTH 4 bytes of months, DATE 4 bytes of days, TIME 4 bytes of milliseconds.
 */
public enum Storage {
    BITMAP(0),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FLOAT32(4),
    FLOAT64(8),
    DECIMAL128(16),
    /** Offsets (4 bytes each, one more than rows) and bytes. */
    BYTES(-1),
    STRUCT(-1),
    LIST(-1),
    MAP(-1),
    NULL(-1);

    private final int width;

    Storage(int width) {
        this.width = width;
    }

    /** Bytes per value; 0 for a bitmap, -1 where values have no fixed width. */
    public int width() {
        return width;
    }

    /** Whether each value has the same number of bytes, at least one. */
    public boolean isFixed() {
        return width > 0;
    }

    /** The storage of a type. */
    public static Storage of(DataType type) {
        if (type instanceof AtomicType atomic) {
            return switch (atomic.kind()) {
                case BOOLEAN -> BITMAP;
                case TINYINT -> INT8;
                case SMALLINT -> INT16;
                case INT, DATE, TIME, INTERVAL_YEAR_MONTH -> INT32;
                case BIGINT, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_DAY_TIME -> INT64;
                case FLOAT -> FLOAT32;
                case DOUBLE -> FLOAT64;
                case DECIMAL -> DECIMAL128;
                case CHAR, VARCHAR, BINARY, VARBINARY -> BYTES;
                case NULL -> NULL;
            };
        }
        if (type instanceof RowType) {
            return STRUCT;
        }
        return type instanceof ArrayType ? LIST : MAP;
    }

    /** The Arrow field that holds values of a type; always nullable, since NOT NULL is a promise of the plan. */
    public static org.apache.arrow.vector.types.pojo.Field arrowField(String name, DataType type) {
        if (type instanceof AtomicType atomic) {
            return leaf(name, arrowType(atomic));
        }
        if (type instanceof RowType row) {
            return node(
                    name,
                    ArrowType.Struct.INSTANCE,
                    row.fields().stream()
                            .map((Field field) -> arrowField(field.name(), field.type()))
                            .toList());
        }
        if (type instanceof ArrayType array) {
            return node(name, ArrowType.List.INSTANCE, List.of(arrowField("element", array.element())));
        }
        if (type instanceof MapType map) {
            return map(name, map.key(), map.value());
        }
        return map(name, ((MultisetType) type).element(), AtomicType.INT);
    }

    private static org.apache.arrow.vector.types.pojo.Field map(String name, DataType key, DataType value) {
        org.apache.arrow.vector.types.pojo.Field keyField = new org.apache.arrow.vector.types.pojo.Field(
                "key",
                FieldType.notNullable(arrowField("key", key).getType()),
                arrowField("key", key).getChildren());
        org.apache.arrow.vector.types.pojo.Field entries = new org.apache.arrow.vector.types.pojo.Field(
                "entries",
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(keyField, arrowField("value", value)));
        return node(name, new ArrowType.Map(false), List.of(entries));
    }

    private static org.apache.arrow.vector.types.pojo.Field leaf(String name, ArrowType type) {
        return node(name, type, List.of());
    }

    private static org.apache.arrow.vector.types.pojo.Field node(
            String name, ArrowType type, List<org.apache.arrow.vector.types.pojo.Field> children) {
        return new org.apache.arrow.vector.types.pojo.Field(name, FieldType.nullable(type), children);
    }

    private static ArrowType arrowType(AtomicType type) {
        return switch (type.kind()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case TINYINT -> new ArrowType.Int(8, true);
            case SMALLINT -> new ArrowType.Int(16, true);
            case INT -> new ArrowType.Int(32, true);
            case BIGINT -> new ArrowType.Int(64, true);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), 128);
            case CHAR, VARCHAR -> ArrowType.Utf8.INSTANCE;
            case BINARY, VARBINARY -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MILLISECOND, 32);
            case TIMESTAMP -> new ArrowType.Timestamp(unit(type.precision()), null);
            case TIMESTAMP_LTZ -> new ArrowType.Timestamp(unit(type.precision()), "UTC");
            case INTERVAL_YEAR_MONTH -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
            case INTERVAL_DAY_TIME -> new ArrowType.Duration(TimeUnit.MILLISECOND);
            case NULL -> ArrowType.Null.INSTANCE;
        };
    }

    private static TimeUnit unit(int precision) {
        return precision <= 3 ? TimeUnit.MILLISECOND : precision <= 6 ? TimeUnit.MICROSECOND : TimeUnit.NANOSECOND;
    }

    /** Units of a TIMESTAMP of this precision per millisecond: 1, 1,000 or 1,000,000. */
    public static long unitsPerMilli(int timestampPrecision) {
        return timestampPrecision <= 3 ? 1 : timestampPrecision <= 6 ? 1_000 : 1_000_000;
    }
}
