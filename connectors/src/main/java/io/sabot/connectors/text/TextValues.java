package io.sabot.connectors.text;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** Turns texts into values as Flink does: blanks around numbers are allowed, anything but "true" is false. */
public final class TextValues {
    private final TimestampFormat timestamps;

    public TextValues(TimestampFormat timestamps) {
        this.timestamps = timestamps;
    }

    /**
     * Appends what the text says.
     *
     * @throws IllegalArgumentException if it is no number
     * @throws java.time.DateTimeException if it is no date or time
     * @throws ArithmeticException if it does not fit
     */
    public void append(String text, AtomicType type, ColumnBuilder target) {
        switch (type.kind()) {
            case BOOLEAN -> target.appendBoolean(Boolean.parseBoolean(text.trim()));
            case TINYINT -> target.appendByte(Byte.parseByte(text.trim()));
            case SMALLINT -> target.appendShort(Short.parseShort(text.trim()));
            case INT, INTERVAL_YEAR_MONTH -> target.appendInt(Integer.parseInt(text.trim()));
            case BIGINT, INTERVAL_DAY_TIME -> target.appendLong(Long.parseLong(text.trim()));
            case FLOAT -> target.appendFloat(Float.parseFloat(text.trim()));
            case DOUBLE -> target.appendDouble(Double.parseDouble(text.trim()));
            case DECIMAL -> appendDecimal(new BigDecimal(text.trim()), type, target);
            case CHAR, VARCHAR -> target.appendText(text);
            case BINARY, VARBINARY -> {
                byte[] bytes = Base64.getDecoder().decode(text.trim());
                target.appendBytes(bytes, 0, bytes.length);
            }
            case DATE ->
                target.appendInt(Math.toIntExact(
                        LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE).toEpochDay()));
            case TIME ->
                target.appendInt(
                        (int) (LocalTime.parse(text, TimestampFormat.TIME).toNanoOfDay() / 1_000_000));
            case TIMESTAMP, TIMESTAMP_LTZ ->
                target.appendLong(timestamps.parse(
                        text, type.kind() == TypeKind.TIMESTAMP_LTZ, Storage.unitsPerMilli(type.precision())));
            case NULL -> target.appendNull();
        }
    }

    /** Appends a number rounded half up to the column's scale; NULL when it has too many digits. */
    public static void appendDecimal(BigDecimal value, AtomicType type, ColumnBuilder target) {
        // Far too large or far too small: setScale would spell out every digit of a huge exponent
        long integerDigits = (long) value.precision() - value.scale();
        if (value.signum() == 0 || integerDigits < -type.scale()) {
            target.appendDecimal(0, 0);
            return;
        }
        if (integerDigits > type.precision()) {
            target.appendNull();
            return;
        }
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            target.appendNull();
        } else {
            target.appendDecimal(scaled);
        }
    }
}
