package io.sabot.server.session;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/**
 * Values of a result as Java objects, for clients: not for hot paths.
 *
 * <p>BOOLEAN Boolean, TINYINT Byte, SMALLINT Short, INT Integer, BIGINT Long, FLOAT Float, DOUBLE Double, DECIMAL
 * BigDecimal, texts String, byte strings byte[], DATE LocalDate, TIME LocalTime, TIMESTAMP LocalDateTime, TIMESTAMP_LTZ
 * Instant, INTERVAL DAY TO SECOND Duration, INTERVAL YEAR TO MONTH Period, ARRAY List, MAP and MULTISET Map, ROW a Map
 * from field name to value in order.
 */
public final class ResultValues {
    private ResultValues() {}

    /** The value of one row; null for NULL. */
    public static @Nullable Object get(FieldVector vector, DataType type, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        if (type instanceof AtomicType atomic) {
            return atomic(vector, atomic, row);
        }
        if (type instanceof RowType rowType) {
            StructVector struct = (StructVector) vector;
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            List<FieldVector> children = struct.getChildrenFromFields();
            for (int i = 0; i < children.size(); i++) {
                Field field = rowType.fields().get(i);
                fields.put(field.name(), get(children.get(i), field.type(), row));
            }
            return fields;
        }
        ListVector list = (ListVector) vector;
        int start = list.getElementStartIndex(row);
        int end = list.getElementEndIndex(row);
        if (type instanceof ArrayType array) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (int i = start; i < end; i++) {
                elements.add(get(list.getDataVector(), array.element(), i));
            }
            return elements;
        }
        DataType key = type instanceof MapType map ? map.key() : ((MultisetType) type).element();
        DataType value = type instanceof MapType map ? map.value() : AtomicType.INT;
        List<FieldVector> entries = ((StructVector) list.getDataVector()).getChildrenFromFields();
        Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = start; i < end; i++) {
            result.put(get(entries.get(0), key, i), get(entries.get(1), value, i));
        }
        return result;
    }

    private static @Nullable Object atomic(FieldVector vector, AtomicType type, int row) {
        return switch (type.kind()) {
            case BOOLEAN -> ((BitVector) vector).get(row) != 0;
            case TINYINT -> ((TinyIntVector) vector).get(row);
            case SMALLINT -> ((SmallIntVector) vector).get(row);
            case INT -> ((IntVector) vector).get(row);
            case BIGINT -> ((BigIntVector) vector).get(row);
            case FLOAT -> ((Float4Vector) vector).get(row);
            case DOUBLE -> ((Float8Vector) vector).get(row);
            case DECIMAL -> decimal((DecimalVector) vector, row);
            case CHAR, VARCHAR -> ((VarCharVector) vector).getObject(row).toString();
            case BINARY, VARBINARY -> ((VarBinaryVector) vector).get(row);
            case DATE -> LocalDate.ofEpochDay(((DateDayVector) vector).get(row));
            case TIME -> LocalTime.ofNanoOfDay(((TimeMilliVector) vector).get(row) * 1_000_000L);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant(vector, type, row), ZoneOffset.UTC);
            case TIMESTAMP_LTZ -> instant(vector, type, row);
            case INTERVAL_DAY_TIME ->
                Duration.ofMillis(DurationVector.get(((DurationVector) vector).getDataBuffer(), row));
            case INTERVAL_YEAR_MONTH -> Period.ofMonths(((IntervalYearVector) vector).get(row));
            case NULL -> null;
        };
    }

    private static BigDecimal decimal(DecimalVector vector, int row) {
        return vector.getObjectNotNull(row);
    }

    private static Instant instant(FieldVector vector, AtomicType type, int row) {
        long units = Storage.unitsPerMilli(type.precision());
        long value = ((TimeStampVector) vector).get(row);
        long unitsPerSecond = units * 1000;
        return Instant.ofEpochSecond(
                Math.floorDiv(value, unitsPerSecond), Math.floorMod(value, unitsPerSecond) * (1_000_000 / units));
    }
}
