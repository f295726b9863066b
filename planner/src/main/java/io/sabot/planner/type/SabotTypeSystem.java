package io.sabot.planner.type;

import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Limits, defaults and result types as Flink has them. */
public final class SabotTypeSystem extends RelDataTypeSystemImpl {
    /** Most digits of a DECIMAL. */
    public static final int MAX_DECIMAL_PRECISION = 38;

    private static final int DEFAULT_DECIMAL_PRECISION = 10;
    private static final int DEFAULT_TIMESTAMP_PRECISION = 6;
    private static final int MAX_TIMESTAMP_PRECISION = 9;
    /** Digits behind the point that a result keeps when it has too many in all. */
    private static final int MIN_ADJUSTED_SCALE = 6;

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> MAX_DECIMAL_PRECISION;
            case CHAR, VARCHAR, BINARY, VARBINARY -> Integer.MAX_VALUE;
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> MAX_TIMESTAMP_PRECISION;
            default -> super.getMaxPrecision(type);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? MAX_DECIMAL_PRECISION : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> DEFAULT_DECIMAL_PRECISION;
            case VARCHAR, VARBINARY -> Integer.MAX_VALUE;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DEFAULT_TIMESTAMP_PRECISION;
            default -> super.getDefaultPrecision(type);
        };
    }

    @Override
    public RoundingMode roundingMode() {
        return RoundingMode.HALF_UP;
    }

    /** Texts of several lengths in one column are not padded. */
    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
        if (argument.getSqlTypeName() != SqlTypeName.DECIMAL) {
            return argument;
        }
        return like(
                argument,
                factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL_PRECISION, argument.getScale()),
                factory);
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
        if (argument.getSqlTypeName() != SqlTypeName.DECIMAL) {
            return argument;
        }
        int scale = Math.max(MIN_ADJUSTED_SCALE, argument.getScale());
        return like(argument, factory.createSqlType(SqlTypeName.DECIMAL, MAX_DECIMAL_PRECISION, scale), factory);
    }

    @Override
    public @Nullable RelDataType deriveDecimalPlusType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        if (!areDecimal(left, right)) {
            return null;
        }
        int scale = Math.max(scale(left), scale(right));
        int whole = Math.max(precision(left) - scale(left), precision(right) - scale(right));
        return decimal(factory, whole + scale + 1, scale, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalMultiplyType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        if (!areDecimal(left, right)) {
            return null;
        }
        return decimal(factory, precision(left) + precision(right) + 1, scale(left) + scale(right), left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        if (!areDecimal(left, right)) {
            return null;
        }
        int scale = Math.max(MIN_ADJUSTED_SCALE, scale(left) + precision(right) + 1);
        int precision = precision(left) - scale(left) + scale(right) + scale;
        return decimal(factory, precision, scale, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalModType(RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        if (!areDecimal(left, right)) {
            return null;
        }
        if (scale(left) == 0 && scale(right) == 0) {
            return like2(left, right, factory.createTypeWithNullability(right, false), factory);
        }
        int scale = Math.max(scale(left), scale(right));
        int whole = Math.min(precision(left) - scale(left), precision(right) - scale(right));
        return decimal(factory, whole + scale, scale, left, right);
    }

    /** Cuts to 38 digits, whole digits first: what does not fit is taken from the scale, down to 6 or what it had. */
    private static RelDataType decimal(
            RelDataTypeFactory factory, int precision, int scale, RelDataType left, RelDataType right) {
        int finalScale = scale;
        if (precision > MAX_DECIMAL_PRECISION) {
            int whole = precision - scale;
            finalScale = Math.max(MAX_DECIMAL_PRECISION - whole, Math.min(scale, MIN_ADJUSTED_SCALE));
        }
        RelDataType type =
                factory.createSqlType(SqlTypeName.DECIMAL, Math.min(precision, MAX_DECIMAL_PRECISION), finalScale);
        return like2(left, right, type, factory);
    }

    /** Whether one is a DECIMAL and the other an exact number. */
    private static boolean areDecimal(RelDataType left, RelDataType right) {
        return SqlTypeUtil.isExactNumeric(left)
                && SqlTypeUtil.isExactNumeric(right)
                && (SqlTypeUtil.isDecimal(left) || SqlTypeUtil.isDecimal(right));
    }

    private static int precision(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            default -> type.getPrecision();
        };
    }

    private static int scale(RelDataType type) {
        return SqlTypeUtil.isDecimal(type) ? type.getScale() : 0;
    }

    private static RelDataType like(RelDataType argument, RelDataType result, RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(result, argument.isNullable());
    }

    private static RelDataType like2(
            RelDataType left, RelDataType right, RelDataType result, RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(result, left.isNullable() || right.isNullable());
    }
}
