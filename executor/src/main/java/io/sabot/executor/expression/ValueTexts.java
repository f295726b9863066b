package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Identifiers;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Values as texts for error messages. */
final class ValueTexts {
    private static final int MAX_LENGTH = 60;

    private ValueTexts() {}

    /** One value as it would be written in SQL, shortened when long. */
    static String text(Value value, int row, DataType type) {
        if (value.isNull(row)) {
            return "NULL";
        }
        if (!(type instanceof AtomicType atomic)) {
            return "a value of type " + type.name();
        }
        return switch (atomic.kind()) {
            case BOOLEAN -> value.getBoolean(row) ? "TRUE" : "FALSE";
            case TINYINT, SMALLINT, INT, BIGINT, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH ->
                String.valueOf(value.getLong(row));
            case FLOAT -> String.valueOf((float) value.getDouble(row));
            case DOUBLE -> String.valueOf(value.getDouble(row));
            case DECIMAL -> new BigDecimal(unscaled(value, row, Lane.of(type)), atomic.scale()).toPlainString();
            case CHAR, VARCHAR -> Identifiers.literal(shortened(string(value, row)));
            case BINARY, VARBINARY -> value.high(row) + " bytes";
            case DATE -> "DATE '" + LocalDate.ofEpochDay(value.getLong(row)) + "'";
            case TIME -> "TIME '" + LocalTime.ofNanoOfDay(value.getLong(row) * 1_000_000) + "'";
            case TIMESTAMP, TIMESTAMP_LTZ -> timestamp(value.getLong(row), atomic.precision());
            case NULL -> "NULL";
        };
    }

    private static String shortened(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }

    private static String timestamp(long value, int precision) {
        long perSecond = Storage.unitsPerMilli(precision) * 1000;
        int nanos = (int) (Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), nanos, ZoneOffset.UTC);
        return "TIMESTAMP '" + time.toString().replace('T', ' ') + "'";
    }

    /** The characters of a text. */
    static String string(Value value, int row) {
        return string(value.low(row), (int) value.high(row));
    }

    /** The characters of UTF-8 bytes. */
    static String string(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The unscaled value of a decimal of either lane. */
    static BigInteger unscaled(Value value, int row, Lane lane) {
        if (lane == Lane.LONG) {
            return BigInteger.valueOf(value.getLong(row));
        }
        return BigInteger.valueOf(value.high(row))
                .shiftLeft(64)
                .add(new BigInteger(Long.toUnsignedString(value.low(row))));
    }
}
