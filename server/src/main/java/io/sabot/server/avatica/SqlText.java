package io.sabot.server.avatica;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Times and intervals as SQL prints them. */
final class SqlText {
    private SqlText() {}

    /** A date, a time of day, a reading or an instant. */
    static String of(Object value, ZoneId zone, int precision) {
        if (value instanceof LocalDateTime local) {
            return local(local, precision);
        }
        if (value instanceof Instant instant) {
            return offset(instant, zone, precision);
        }
        return value instanceof LocalTime time ? time(time, precision) : value.toString();
    }

    /** {@code 2026-01-31 12:00:00.123}, with as many digits of a second as the type has. */
    static String local(LocalDateTime value, int precision) {
        StringBuilder text = new StringBuilder(29);
        text.append(value.toLocalDate()).append(' ');
        appendTime(text, value.toLocalTime(), precision);
        return text.toString();
    }

    /** The reading in a zone and its offset: {@code 2026-01-31 12:00:00.123+01:00}. */
    static String offset(Instant value, ZoneId zone, int precision) {
        ZoneOffset offset = zone.getRules().getOffset(value);
        return local(LocalDateTime.ofInstant(value, offset), precision) + offset.getId();
    }

    static String time(LocalTime value, int precision) {
        StringBuilder text = new StringBuilder(18);
        appendTime(text, value, precision);
        return text.toString();
    }

    /** {@code +1 02:03:04.005}. */
    static String dayTime(Duration value) {
        Duration positive = value.abs();
        StringBuilder text = new StringBuilder(24);
        text.append(value.isNegative() ? '-' : '+')
                .append(positive.toDaysPart())
                .append(' ');
        appendTime(text, LocalTime.MIDNIGHT.plus(positive.minusDays(positive.toDaysPart())), 3);
        return text.toString();
    }

    /** {@code +1-02}. */
    static String yearMonth(Period value) {
        long months = Math.abs(value.toTotalMonths());
        StringBuilder text = new StringBuilder(12);
        text.append(value.toTotalMonths() < 0 ? '-' : '+').append(months / 12).append('-');
        appendTwo(text, (int) (months % 12));
        return text.toString();
    }

    private static void appendTime(StringBuilder text, LocalTime value, int precision) {
        appendTwo(text, value.getHour());
        text.append(':');
        appendTwo(text, value.getMinute());
        text.append(':');
        appendTwo(text, value.getSecond());
        if (precision > 0) {
            text.append('.')
                    .append(Long.toString(1_000_000_000L + value.toNanoOfDay() % 1_000_000_000L), 1, 1 + precision);
        }
    }

    private static void appendTwo(StringBuilder text, int number) {
        if (number < 10) {
            text.append('0');
        }
        text.append(number);
    }
}
