package io.sabot.jdbc;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Calendar;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Times as they travel: {@code 2026-01-31 12:00:00.123456} without a zone, with {@code +01:00} behind it where an instant
 * is meant.
 */
final class TemporalText {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter();
    private static final DateTimeFormatter OFFSET =
            new DateTimeFormatterBuilder().append(LOCAL).appendOffsetId().toFormatter();

    private TemporalText() {}

    /** The text of a parameter that travels as text; null when the value is none of those. */
    static @Nullable String parameter(@Nullable Object value) {
        if (value instanceof LocalDateTime local) {
            return LOCAL.format(local);
        }
        if (value instanceof OffsetDateTime offset) {
            return OFFSET.format(offset);
        }
        if (value instanceof ZonedDateTime zoned) {
            return OFFSET.format(zoned.toOffsetDateTime());
        }
        if (value instanceof Instant instant) {
            return OFFSET.format(instant.atOffset(java.time.ZoneOffset.UTC));
        }
        if (value instanceof LocalDate || value instanceof LocalTime || value instanceof UUID) {
            return value.toString();
        }
        return null;
    }

    /** The reading of a timestamp on a calendar's clock. */
    static String of(Timestamp value, Calendar calendar) {
        return LOCAL.format(LocalDateTime.ofInstant(
                value.toInstant(), calendar.getTimeZone().toZoneId()));
    }

    static LocalDateTime local(String text) throws SQLException {
        try {
            return LocalDateTime.parse(text, LOCAL);
        } catch (DateTimeException e) {
            throw Failures.of("22007", "'" + text + "' is no timestamp");
        }
    }

    static OffsetDateTime offset(String text) throws SQLException {
        try {
            return OffsetDateTime.parse(text, OFFSET);
        } catch (DateTimeException e) {
            throw Failures.of("22007", "'" + text + "' is no timestamp with an offset");
        }
    }

    /** As SQL writes it: years of five digits have no sign. */
    static String print(LocalDate value) {
        String text = value.toString();
        return text.startsWith("+") ? text.substring(1) : text;
    }

    /** As SQL writes it, with as many digits of a second as the type has. */
    static String print(LocalDateTime value, int precision) {
        StringBuilder text = new StringBuilder(29);
        text.append(print(value.toLocalDate())).append(' ');
        print(value.toLocalTime(), precision, text);
        return text.toString();
    }

    static String print(LocalTime value, int precision) {
        StringBuilder text = new StringBuilder(18);
        print(value, precision, text);
        return text.toString();
    }

    private static void print(LocalTime value, int precision, StringBuilder text) {
        two(value.getHour(), text).append(':');
        two(value.getMinute(), text).append(':');
        two(value.getSecond(), text);
        if (precision > 0) {
            String nanos = Long.toString(1_000_000_000L + value.toNanoOfDay() % 1_000_000_000L);
            text.append('.').append(nanos, 1, 1 + Math.min(9, precision));
        }
    }

    private static StringBuilder two(int number, StringBuilder text) {
        return number < 10 ? text.append('0').append(number) : text.append(number);
    }
}
