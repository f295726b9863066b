package io.sabot.planner.plan;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of the catalog as Calcite's, and back. The only place that knows both. */
public final class CalciteTypes {
    private CalciteTypes() {}

    /** Our type for a type of an expression; an {@link IllegalArgumentException} for types that we do not have. */
    public static DataType toCatalog(RelDataType type) {
        boolean nullable = type.isNullable();
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> atomic(TypeKind.BOOLEAN, nullable);
            case TINYINT -> atomic(TypeKind.TINYINT, nullable);
            case SMALLINT -> atomic(TypeKind.SMALLINT, nullable);
            case INTEGER -> atomic(TypeKind.INT, nullable);
            case BIGINT -> atomic(TypeKind.BIGINT, nullable);
            case REAL -> atomic(TypeKind.FLOAT, nullable);
            case FLOAT, DOUBLE -> atomic(TypeKind.DOUBLE, nullable);
            case DECIMAL -> new AtomicType(TypeKind.DECIMAL, type.getPrecision(), type.getScale(), nullable);
            case CHAR -> sized(TypeKind.CHAR, type);
            case VARCHAR -> sized(TypeKind.VARCHAR, type);
            case BINARY -> sized(TypeKind.BINARY, type);
            case VARBINARY -> sized(TypeKind.VARBINARY, type);
            case DATE -> atomic(TypeKind.DATE, nullable);
            case TIME -> sized(TypeKind.TIME, type);
            case TIMESTAMP -> sized(TypeKind.TIMESTAMP, type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> sized(TypeKind.TIMESTAMP_LTZ, type);
            case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> atomic(TypeKind.INTERVAL_YEAR_MONTH, nullable);
            case INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> atomic(TypeKind.INTERVAL_DAY_TIME, nullable);
            case NULL -> atomic(TypeKind.NULL, true);
            case ARRAY -> new ArrayType(element(type), nullable);
            case MULTISET -> new MultisetType(element(type), nullable);
            case MAP ->
                new MapType(
                        toCatalog(Objects.requireNonNull(type.getKeyType())),
                        toCatalog(Objects.requireNonNull(type.getValueType())),
                        nullable);
            case ROW -> new RowType(fields(type), nullable);
            default -> throw new IllegalArgumentException("no data type for " + type.getFullTypeString());
        };
    }

    /** The columns of a row type. */
    public static Schema toSchema(RelDataType rowType) {
        return new Schema(fields(rowType));
    }

    /** Calcite's type for ours. */
    public static RelDataType toCalcite(DataType type, RelDataTypeFactory factory) {
        RelDataType notNull;
        if (type instanceof AtomicType atomic) {
            notNull = atomic(atomic, factory);
        } else if (type instanceof ArrayType array) {
            notNull = factory.createArrayType(toCalcite(array.element(), factory), -1);
        } else if (type instanceof MultisetType multiset) {
            notNull = factory.createMultisetType(toCalcite(multiset.element(), factory), -1);
        } else if (type instanceof MapType map) {
            notNull = factory.createMapType(toCalcite(map.key(), factory), toCalcite(map.value(), factory));
        } else if (type instanceof RowType row) {
            notNull = struct(row.fields(), StructKind.PEEK_FIELDS_NO_EXPAND, factory);
        } else {
            throw new AssertionError(type);
        }
        return factory.createTypeWithNullability(notNull, type.nullable());
    }

    /** The row type of these columns. */
    public static RelDataType toCalcite(Schema schema, RelDataTypeFactory factory) {
        return struct(schema.fields(), StructKind.FULLY_QUALIFIED, factory);
    }

    private static RelDataType struct(List<Field> fields, StructKind kind, RelDataTypeFactory factory) {
        return factory.createStructType(
                kind,
                fields.stream().map(field -> toCalcite(field.type(), factory)).toList(),
                fields.stream().map(Field::name).toList());
    }

    private static RelDataType atomic(AtomicType type, RelDataTypeFactory factory) {
        int precision = type.precision();
        return switch (type.kind()) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INT -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, precision, type.scale());
            case CHAR -> factory.createSqlType(SqlTypeName.CHAR, precision);
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR, precision);
            case BINARY -> factory.createSqlType(SqlTypeName.BINARY, precision);
            case VARBINARY -> factory.createSqlType(SqlTypeName.VARBINARY, precision);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, precision);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, precision);
            case TIMESTAMP_LTZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision);
            case INTERVAL_YEAR_MONTH ->
                factory.createSqlIntervalType(
                        new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
            case INTERVAL_DAY_TIME ->
                factory.createSqlIntervalType(
                        new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
            case NULL -> factory.createSqlType(SqlTypeName.NULL);
        };
    }

    private static AtomicType atomic(TypeKind kind, boolean nullable) {
        return AtomicType.of(kind).withNullable(nullable);
    }

    private static AtomicType sized(TypeKind kind, RelDataType type) {
        return AtomicType.of(kind, type.getPrecision()).withNullable(type.isNullable());
    }

    private static DataType element(RelDataType type) {
        return toCatalog(Objects.requireNonNull(type.getComponentType()));
    }

    private static List<Field> fields(RelDataType type) {
        return type.getFieldList().stream()
                .map(field -> new Field(field.getName(), toCatalog(field.getType())))
                .toList();
    }
}
