package io.sabot.server.avatica;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts Java values, as ResultValues gives them, into columns. */
final class TestValues {
    private TestValues() {}

    static void append(ColumnBuilder column, DataType type, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
        } else if (type instanceof AtomicType atomic) {
            appendAtom(column, atomic, value);
        } else if (type instanceof ArrayType array) {
            ((List<?>) value).forEach(element -> append(column.child(0), array.element(), element));
            column.appendList();
        } else if (type instanceof RowType row) {
            Map<?, ?> fields = (Map<?, ?>) value;
            for (int i = 0; i < row.fields().size(); i++) {
                var field = row.fields().get(i);
                append(column.child(i), field.type(), fields.get(field.name()));
            }
            column.appendStruct();
        } else if (type instanceof MapType map) {
            ((Map<?, ?>) value).forEach((key, element) -> {
                ColumnBuilder entries = column.child(0);
                append(entries.child(0), map.key(), key);
                append(entries.child(1), map.value(), element);
                entries.appendStruct();
            });
            column.appendList();
        } else {
            throw new AssertionError(type);
        }
    }

    private static void appendAtom(ColumnBuilder column, AtomicType type, Object value) {
        switch (type.kind()) {
            case BOOLEAN -> column.appendBoolean((Boolean) value);
            case TINYINT -> column.appendByte(((Number) value).byteValue());
            case SMALLINT -> column.appendShort(((Number) value).shortValue());
            case INT -> column.appendInt(((Number) value).intValue());
            case BIGINT -> column.appendLong(((Number) value).longValue());
            case FLOAT -> column.appendFloat(((Number) value).floatValue());
            case DOUBLE -> column.appendDouble(((Number) value).doubleValue());
            case DECIMAL -> column.appendDecimal((BigDecimal) value);
            case CHAR, VARCHAR -> column.appendText((String) value);
            case BINARY, VARBINARY -> column.appendBytes((byte[]) value, 0, ((byte[]) value).length);
            case DATE -> column.appendInt((int) ((LocalDate) value).toEpochDay());
            case TIME -> column.appendInt((int) (((LocalTime) value).toNanoOfDay() / 1_000_000));
            case TIMESTAMP -> column.appendLong(units(((LocalDateTime) value).toInstant(ZoneOffset.UTC), type));
            case TIMESTAMP_LTZ -> column.appendLong(units((Instant) value, type));
            case INTERVAL_YEAR_MONTH -> column.appendInt((int) ((Period) value).toTotalMonths());
            case INTERVAL_DAY_TIME -> column.appendLong(((Duration) value).toMillis());
            case NULL -> column.appendNull();
        }
    }

    private static long units(Instant instant, AtomicType type) {
        long perSecond = Storage.unitsPerMilli(type.precision()) * 1000;
        return instant.getEpochSecond() * perSecond + instant.getNano() / (1_000_000_000 / perSecond);
    }
}
