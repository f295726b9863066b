package io.sabot.jdbc;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * The time in a column of the current row, in every form that JDBC knows; null for NULL.
 *
 * @param zone in which a reading without a zone is taken for an instant
 */
record TemporalColumn(Cursor.Accessor accessor, ColumnMetaData column, ZoneId zone) {
    /** The reading of a clock; of an instant the one in the session's zone. */
    @Nullable
    LocalDateTime local() throws SQLException {
        switch (TemporalKind.of(column)) {
            case LOCAL_TEXT -> {
                String text = accessor.getString();
                return text == null ? null : TemporalText.local(text);
            }
            case OFFSET_TEXT -> {
                OffsetDateTime offset = offset();
                return offset == null ? null : offset.toLocalDateTime();
            }
            case LOCAL_MILLIS -> {
                long millis = accessor.getLong();
                return accessor.wasNull() ? null : reading(millis);
            }
            case DATE -> {
                long days = accessor.getLong();
                return accessor.wasNull() ? null : LocalDate.ofEpochDay(days).atStartOfDay();
            }
            case TIME -> {
                long millis = accessor.getLong();
                return accessor.wasNull() ? null : reading(millis);
            }
            case NONE -> throw Failures.of("42804", "column " + column.label + " is " + column.type.name + ", no time");
        }
        throw new AssertionError(column);
    }

    private static LocalDateTime reading(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    @Nullable
    OffsetDateTime offset() throws SQLException {
        if (TemporalKind.of(column) == TemporalKind.OFFSET_TEXT) {
            String text = accessor.getString();
            return text == null ? null : TemporalText.offset(text);
        }
        LocalDateTime local = local();
        return local == null ? null : local.atZone(zone).toOffsetDateTime();
    }

    @Nullable
    Timestamp timestamp(ZoneId in) throws SQLException {
        if (TemporalKind.of(column) == TemporalKind.OFFSET_TEXT) {
            OffsetDateTime offset = offset();
            return offset == null ? null : Timestamp.from(offset.toInstant());
        }
        LocalDateTime local = local();
        return local == null ? null : Timestamp.from(local.atZone(in).toInstant());
    }

    @Nullable
    Date date(ZoneId in) throws SQLException {
        LocalDateTime local = local();
        return local == null
                ? null
                : new Date(local.toLocalDate().atStartOfDay(in).toInstant().toEpochMilli());
    }

    @Nullable
    Time time(ZoneId in) throws SQLException {
        LocalDateTime local = local();
        return local == null
                ? null
                : new Time(LocalDate.EPOCH
                        .atTime(local.toLocalTime())
                        .atZone(in)
                        .toInstant()
                        .toEpochMilli());
    }

    /** As SQL prints it. */
    @Nullable
    String text() throws SQLException {
        LocalDateTime local = local();
        if (local == null) {
            return null;
        }
        return switch (TemporalKind.of(column)) {
            case DATE -> TemporalText.print(local.toLocalDate());
            case TIME -> TemporalText.print(local.toLocalTime(), column.precision);
            default -> TemporalText.print(local, column.precision);
        };
    }

    /** As a type of {@code java.time}. */
    @Nullable
    Object as(Class<?> type) throws SQLException {
        if (type == OffsetDateTime.class || type == ZonedDateTime.class || type == Instant.class) {
            OffsetDateTime offset = offset();
            if (offset == null || type == OffsetDateTime.class) {
                return offset;
            }
            return type == Instant.class ? offset.toInstant() : offset.atZoneSameInstant(zone);
        }
        LocalDateTime local = local();
        if (local == null || type == LocalDateTime.class) {
            return local;
        }
        if (type == LocalDate.class) {
            return local.toLocalDate();
        }
        if (type == LocalTime.class) {
            return local.toLocalTime();
        }
        throw Failures.of("0A000", "a value cannot be given as " + type.getName());
    }
}
