package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;
import io.sabot.parser.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of {@code DateTimeFormatter}. One made of the letters {@code yyyy MM dd HH mm ss SSS} and punctuation is written
 * digit by digit without objects. For one thread.
 */
final class DateFormat {
    private static final String SIMPLE = "yMdHmsS";

    /** A run of one letter, or one other character with a count of 0. */
    private record Field(char letter, int count) {}

    private final DateTimeFormatter formatter;
    private final Field @Nullable [] fields;
    private long lastDay;
    private long lastCivil = Calendars.civil(0);

    private DateFormat(DateTimeFormatter formatter, Field @Nullable [] fields) {
        this.formatter = formatter;
        this.fields = fields;
    }

    /** Reads a pattern; throws IllegalArgumentException if it is not one. */
    static DateFormat of(String pattern) {
        return new DateFormat(DateTimeFormatter.ofPattern(pattern, Locale.ROOT), simple(pattern));
    }

    private static Field @Nullable [] simple(String pattern) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < pattern.length(); ) {
            char c = pattern.charAt(i);
            int end = i + 1;
            if (Character.isLetter(c)) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                boolean known = SIMPLE.indexOf(c) >= 0 && end - i == (c == 'y' ? 4 : c == 'S' ? 3 : 2);
                if (!known) {
                    return null;
                }
                fields.add(new Field(c, end - i));
            } else if (c < 128 && "'[]{}#".indexOf(c) < 0) {
                fields.add(new Field(c, 0));
            } else {
                return null;
            }
            i = end;
        }
        return fields.toArray(Field[]::new);
    }

    /** Writes local times to a column of texts. */
    void format(Rows rows, int row, long localMillis) {
        long days = Math.floorDiv(localMillis, TimeArithmetic.DAY_MILLIS);
        if (days != lastDay) {
            lastDay = days;
            lastCivil = Calendars.civil(days);
        }
        long civil = lastCivil;
        Field[] simple = fields;
        if (simple == null || Calendars.year(civil) < 0 || Calendars.year(civil) > 9999) {
            try {
                rows.putText(row, formatter.format(dateTime(localMillis)).getBytes(StandardCharsets.UTF_8));
            } catch (DateTimeException e) {
                throw new RowException(ErrorCode.INVALID_PARAMETER, "the format asks for what the time has not", row);
            }
            return;
        }
        long millis = localMillis - days * TimeArithmetic.DAY_MILLIS;
        long start = rows.arena().reserve(simple.length * 4L);
        long at = start;
        for (Field field : simple) {
            at = switch (field.letter) {
                case 'y' -> TimeText.put(at, Calendars.year(civil), 4);
                case 'M' -> TimeText.put(at, Calendars.month(civil), 2);
                case 'd' -> TimeText.put(at, Calendars.day(civil), 2);
                case 'H' -> TimeText.put(at, millis / 3_600_000, 2);
                case 'm' -> TimeText.put(at, millis / 60_000 % 60, 2);
                case 's' -> TimeText.put(at, millis / 1000 % 60, 2);
                case 'S' -> TimeText.put(at, millis % 1000, 3);
                default -> literal(at, field.letter);
            };
        }
        rows.arena().commit(at - start);
        rows.putText(row, start, at - start);
    }

    private static long literal(long at, char c) {
        Memory.putByte(at, (byte) c);
        return at + 1;
    }

    private static LocalDateTime dateTime(long localMillis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(localMillis, 1000), (int) Math.floorMod(localMillis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    /** The text of a local time. */
    String format(long localMillis) {
        return formatter.format(dateTime(localMillis));
    }

    /** Local milliseconds of a text; parts that the pattern lacks are those of 1970-01-01 00:00. Null when it does not fit. */
    @Nullable
    Long parse(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            LocalTime time = parsed.query(TemporalQueries.localTime());
            LocalDate date = parsed.query(TemporalQueries.localDate());
            LocalDate day = date == null
                    ? LocalDate.of(
                            part(parsed, ChronoField.YEAR_OF_ERA, 1970), part(parsed, ChronoField.MONTH_OF_YEAR, 1), 1)
                    : date;
            LocalTime clock = time == null ? LocalTime.of(part(parsed, ChronoField.HOUR_OF_DAY, 0), 0) : time;
            return day.toEpochDay() * TimeArithmetic.DAY_MILLIS + clock.toNanoOfDay() / 1_000_000;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int part(TemporalAccessor parsed, ChronoField field, int absent) {
        return parsed.isSupported(field) ? parsed.get(field) : absent;
    }
}
