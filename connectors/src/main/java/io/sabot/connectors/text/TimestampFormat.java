package io.sabot.connectors.text;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Objects;

/** How timestamps are written: the values of option {@code timestamp-format.standard}. */
public enum TimestampFormat {
    /** {@code 2020-01-01 00:00:00.123}, with local time zone {@code 2020-01-01 00:00:00.123Z}. */
    SQL("SQL", ' '),
    /** {@code 2020-01-01T00:00:00.123}, with local time zone {@code 2020-01-01T00:00:00.123Z}. */
    ISO_8601("ISO-8601", 'T'),
    /** As ISO-8601, but any offset from UTC may follow. */
    ISO_8601_WITH_OFFSET("ISO-8601-WITH-OFFSET", 'T');

    /** {@code 01:02:03} with up to nine digits behind the second. */
    public static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();

    private final String option;
    private final char separator;
    private final DateTimeFormatter local;
    private final DateTimeFormatter zoned;

    TimestampFormat(String option, char separator) {
        this.option = option;
        this.separator = separator;
        DateTimeFormatter time = separator == ' ' ? timeOfSql() : DateTimeFormatter.ISO_LOCAL_TIME;
        DateTimeFormatterBuilder plain = new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(separator)
                .append(time);
        boolean anyOffset = option.endsWith("OFFSET");
        DateTimeFormatter base =
                option.equals("ISO-8601") ? DateTimeFormatter.ISO_LOCAL_DATE_TIME : plain.toFormatter();
        this.local = anyOffset
                ? new DateTimeFormatterBuilder()
                        .append(base)
                        .optionalStart()
                        .appendOffsetId()
                        .toFormatter()
                : base;
        this.zoned = anyOffset
                ? local
                : new DateTimeFormatterBuilder().append(base).appendLiteral('Z').toFormatter();
    }

    private static DateTimeFormatter timeOfSql() {
        return new DateTimeFormatterBuilder()
                .appendPattern("HH:mm:ss")
                .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                .toFormatter();
    }

    /** The format that an option names. */
    public static TimestampFormat of(String option) {
        for (TimestampFormat format : values()) {
            if (format.option.equals(option)) {
                return format;
            }
        }
        throw new IllegalArgumentException(option);
    }

    /** Value of the option. */
    public String option() {
        return option;
    }

    /** What stands between date and time. */
    public char separator() {
        return separator;
    }

    /**
     * Reads a timestamp. As in Flink, a 30th of February is its last day, but not in {@link #ISO_8601} without zone.
     *
     * @param withZone whether it names an instant
     * @param unitsPerMilli how fine the result is; finer digits are cut off
     * @throws java.time.DateTimeException if the text is none
     */
    public long parse(String text, boolean withZone, long unitsPerMilli) {
        TemporalAccessor parsed = (withZone ? zoned : local).parse(text);
        LocalDate date = Objects.requireNonNull(parsed.query(TemporalQueries.localDate()));
        LocalTime time = Objects.requireNonNull(parsed.query(TemporalQueries.localTime()));
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        long unitsPerDay = unitsPerMilli * 86_400_000;
        long dayUnits = time.toNanoOfDay() / (1_000_000 / unitsPerMilli);
        long offsetUnits = offset == null ? 0 : offset.getTotalSeconds() * unitsPerMilli * 1_000;
        return Math.addExact(Math.multiplyExact(date.toEpochDay(), unitsPerDay), dayUnits) - offsetUnits;
    }
}
