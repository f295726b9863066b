package io.sabot.connectors.parquet;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** The schema of written files, with the names and types that Apache Flink uses. */
final class ParquetSchemas {
    private ParquetSchemas() {}

    static MessageType of(Schema columns) {
        return new MessageType("flink_schema", fields(columns.fields()));
    }

    private static List<Type> fields(List<Field> columns) {
        List<Type> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(of(column.name(), column.type())));
        return fields;
    }

    private static Type of(String name, DataType type) {
        Repetition repetition = type.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        if (type instanceof AtomicType atomic) {
            return atomic(name, atomic, repetition);
        }
        if (type instanceof RowType row) {
            return new GroupType(repetition, name, fields(row.fields()));
        }
        if (type instanceof ArrayType array) {
            GroupType list = new GroupType(Repetition.REPEATED, "list", of("element", array.element()));
            return Types.buildGroup(repetition)
                    .as(LogicalTypeAnnotation.listType())
                    .addField(list)
                    .named(name);
        }
        DataType key = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
        DataType value = type instanceof MapType map ? map.value() : AtomicType.INT.withNullable(false);
        GroupType entry =
                new GroupType(Repetition.REPEATED, "key_value", of("key", key.withNullable(false)), of("value", value));
        return Types.buildGroup(repetition)
                .as(LogicalTypeAnnotation.mapType())
                .addField(entry)
                .named(name);
    }

    private static Type atomic(String name, AtomicType type, Repetition repetition) {
        return switch (type.kind()) {
            case BOOLEAN -> plain(name, PrimitiveTypeName.BOOLEAN, null, repetition);
            case TINYINT -> plain(name, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true), repetition);
            case SMALLINT -> plain(name, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true), repetition);
            case INT -> plain(name, PrimitiveTypeName.INT32, null, repetition);
            case BIGINT -> plain(name, PrimitiveTypeName.INT64, null, repetition);
            case FLOAT -> plain(name, PrimitiveTypeName.FLOAT, null, repetition);
            case DOUBLE -> plain(name, PrimitiveTypeName.DOUBLE, null, repetition);
            case CHAR, VARCHAR -> plain(name, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), repetition);
            case BINARY, VARBINARY -> plain(name, PrimitiveTypeName.BINARY, null, repetition);
            case DECIMAL ->
                new PrimitiveType(
                                repetition,
                                PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
                                decimalBytes(type.precision()),
                                name)
                        .withLogicalTypeAnnotation(LogicalTypeAnnotation.decimalType(type.scale(), type.precision()));
            case DATE -> plain(name, PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), repetition);
            case TIME ->
                plain(name, PrimitiveTypeName.INT32, LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS), repetition);
            case TIMESTAMP, TIMESTAMP_LTZ ->
                plain(
                        name,
                        PrimitiveTypeName.INT64,
                        LogicalTypeAnnotation.timestampType(
                                type.kind() == TypeKind.TIMESTAMP_LTZ, unit(type.precision())),
                        repetition);
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, NULL ->
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "format 'parquet' cannot hold a value of type " + type.name())
                        .hint("declare column '" + name + "' as BIGINT or STRING");
        };
    }

    private static Type plain(
            String name, PrimitiveTypeName physical, @Nullable LogicalTypeAnnotation logical, Repetition repetition) {
        PrimitiveType plain = new PrimitiveType(repetition, physical, name);
        return logical == null ? plain : plain.withLogicalTypeAnnotation(logical);
    }

    private static TimeUnit unit(int precision) {
        return precision <= 3 ? TimeUnit.MILLIS : precision <= 6 ? TimeUnit.MICROS : TimeUnit.NANOS;
    }

    /** Bytes of two's complement that hold every number with so many digits. */
    static int decimalBytes(int precision) {
        return BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
    }
}
