package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Calcite's types as ours. */
final class RexTypes {
    /** Types with our limits: 38 digits of DECIMAL, 9 of a second. */
    private static final RelDataTypeSystem LIMITS = new RelDataTypeSystemImpl() {
        @Override
        public int getMaxPrecision(SqlTypeName name) {
            return switch (name) {
                case DECIMAL -> Digits.MAX;
                case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIME -> 9;
                default -> super.getMaxPrecision(name);
            };
        }

        @Override
        public RoundingMode roundingMode() {
            return RoundingMode.HALF_UP;
        }

        @Override
        public int getMaxScale(SqlTypeName name) {
            return name == SqlTypeName.DECIMAL ? Digits.MAX : super.getMaxScale(name);
        }
    };

    /** Makes the types of expressions that are not the planner's. */
    static final JavaTypeFactory FACTORY = new JavaTypeFactoryImpl(LIMITS) {
        @Override
        public Charset getDefaultCharset() {
            // As the planner's, so that texts compare.
            return StandardCharsets.UTF_16LE;
        }
    };

    /** Makes expressions that are not the planner's. */
    static final RexBuilder BUILDER = new RexBuilder(FACTORY);

    private RexTypes() {}

    /** The type of the same values and nullability. */
    static DataType of(RelDataType type) {
        return strict(type).withNullable(type.isNullable());
    }

    private static DataType strict(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> AtomicType.BOOLEAN;
            case TINYINT -> AtomicType.TINYINT;
            case SMALLINT -> AtomicType.SMALLINT;
            case INTEGER -> AtomicType.INT;
            case BIGINT -> AtomicType.BIGINT;
            case REAL -> AtomicType.FLOAT;
            case FLOAT, DOUBLE -> AtomicType.DOUBLE;
            case DECIMAL -> AtomicType.decimal(type.getPrecision(), type.getScale());
            case CHAR -> AtomicType.of(TypeKind.CHAR, type.getPrecision());
            case VARCHAR -> AtomicType.of(TypeKind.VARCHAR, length(type));
            case BINARY -> AtomicType.of(TypeKind.BINARY, type.getPrecision());
            case VARBINARY -> AtomicType.of(TypeKind.VARBINARY, length(type));
            case DATE -> AtomicType.DATE;
            case TIME -> AtomicType.of(TypeKind.TIME, Math.max(0, type.getPrecision()));
            case TIMESTAMP -> AtomicType.timestamp(Math.max(0, type.getPrecision()));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> AtomicType.timestampLtz(Math.max(0, type.getPrecision()));
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> AtomicType.of(TypeKind.INTERVAL_YEAR_MONTH);
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> AtomicType.of(TypeKind.INTERVAL_DAY_TIME);
            case NULL -> AtomicType.of(TypeKind.NULL);
            case ARRAY -> new ArrayType(of(component(type)), true);
            case MULTISET -> new MultisetType(of(component(type)), true);
            case MAP -> new MapType(of(nonNull(type.getKeyType())), of(nonNull(type.getValueType())), true);
            case ROW ->
                new RowType(
                        type.getFieldList().stream()
                                .map((RelDataTypeField field) -> new Field(field.getName(), of(field.getType())))
                                .toList(),
                        true);
            default ->
                throw SabotException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "values of type " + type + " cannot be computed");
        };
    }

    private static RelDataType component(RelDataType type) {
        return nonNull(type.getComponentType());
    }

    private static RelDataType nonNull(@Nullable RelDataType type) {
        if (type == null) {
            throw new AssertionError("a collection without element type");
        }
        return type;
    }

    private static int length(RelDataType type) {
        return type.getPrecision() < 0 ? AtomicType.MAX_LENGTH : type.getPrecision();
    }
}
