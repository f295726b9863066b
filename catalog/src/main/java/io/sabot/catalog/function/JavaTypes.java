package io.sabot.catalog.function;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.TypeKind;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL types of Java classes, as Flink derives them. */
final class JavaTypes {
    private static final Map<Class<?>, DataType> ATOMIC = Map.ofEntries(
            Map.entry(boolean.class, AtomicType.BOOLEAN.withNullable(false)),
            Map.entry(Boolean.class, AtomicType.BOOLEAN),
            Map.entry(byte.class, AtomicType.of(TypeKind.TINYINT).withNullable(false)),
            Map.entry(Byte.class, AtomicType.of(TypeKind.TINYINT)),
            Map.entry(short.class, AtomicType.of(TypeKind.SMALLINT).withNullable(false)),
            Map.entry(Short.class, AtomicType.of(TypeKind.SMALLINT)),
            Map.entry(int.class, AtomicType.INT.withNullable(false)),
            Map.entry(Integer.class, AtomicType.INT),
            Map.entry(long.class, AtomicType.BIGINT.withNullable(false)),
            Map.entry(Long.class, AtomicType.BIGINT),
            Map.entry(float.class, AtomicType.of(TypeKind.FLOAT).withNullable(false)),
            Map.entry(Float.class, AtomicType.of(TypeKind.FLOAT)),
            Map.entry(double.class, AtomicType.DOUBLE.withNullable(false)),
            Map.entry(Double.class, AtomicType.DOUBLE),
            Map.entry(String.class, AtomicType.STRING),
            Map.entry(byte[].class, AtomicType.of(TypeKind.VARBINARY, Integer.MAX_VALUE)),
            Map.entry(BigDecimal.class, AtomicType.decimal(38, 18)),
            Map.entry(LocalDate.class, AtomicType.of(TypeKind.DATE)),
            Map.entry(java.sql.Date.class, AtomicType.of(TypeKind.DATE)),
            Map.entry(LocalTime.class, AtomicType.of(TypeKind.TIME, 3)),
            Map.entry(java.sql.Time.class, AtomicType.of(TypeKind.TIME, 3)),
            Map.entry(LocalDateTime.class, AtomicType.of(TypeKind.TIMESTAMP, 9)),
            Map.entry(java.sql.Timestamp.class, AtomicType.of(TypeKind.TIMESTAMP, 9)),
            Map.entry(Instant.class, AtomicType.of(TypeKind.TIMESTAMP_LTZ, 9)));

    private JavaTypes() {}

    /** The type of a class; empty when it takes a hint to tell. */
    static Optional<DataType> of(Type type) {
        if (type instanceof Class<?> plain) {
            DataType atomic = ATOMIC.get(plain);
            if (atomic != null) {
                return Optional.of(atomic);
            }
            return plain.isArray() ? of(plain.getComponentType()).map(JavaTypes::array) : Optional.empty();
        }
        if (type instanceof GenericArrayType array) {
            return of(array.getGenericComponentType()).map(JavaTypes::array);
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return of(arguments[0]).map(JavaTypes::array);
            }
            if (generic.getRawType() == Map.class) {
                return of(arguments[0]).flatMap(key -> of(arguments[1]).map(value -> new MapType(key, value, true)));
            }
        }
        return Optional.empty();
    }

    private static DataType array(DataType element) {
        return new ArrayType(element, true);
    }
}
