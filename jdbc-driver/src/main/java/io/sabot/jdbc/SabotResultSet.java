package io.sabot.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
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
import java.util.Calendar;
import java.util.TimeZone;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/** The rows of a query, which may have no end. Each row is given as soon as it is here. */
final class SabotResultSet extends AvaticaResultSet {
    private final StatementControl control;
    private final RowFetcher fetcher;
    private boolean limitReached;
    private boolean closed;

    SabotResultSet(
            AvaticaStatement statement,
            QueryState state,
            Meta.Signature signature,
            ResultSetMetaData metaData,
            TimeZone zone,
            Meta.@Nullable Frame firstFrame)
            throws SQLException {
        super(statement, state, signature, metaData, zone, firstFrame);
        this.control = ((ControlledStatement) statement).control();
        this.fetcher = new RowFetcher(control, firstFrame, statement.getFetchSize());
    }

    @Override
    protected AvaticaResultSet execute() {
        return execute2(MetaImpl.createCursor(signature.cursorFactory, () -> fetcher), columnMetaDataList);
    }

    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (limitReached) {
            return false;
        }
        long maxRows = statement.getLargeMaxRows();
        if (maxRows > 0 && getRow() >= maxRows) {
            limitReached = true;
            free();
            return false;
        }
        try {
            return super.next();
        } catch (RuntimeException e) {
            fetcher.abandon();
            if (isClosed()) {
                throw Failures.of(Failures.CANCELLED, "the result was closed");
            }
            throw control.failure(e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (!((ControlledStatement) statement).isClosing()) {
                free();
            }
            super.close();
        }
    }

    private void free() {
        if (!fetcher.isDone()) {
            fetcher.abandon();
            control.closeResult();
        }
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null;
    }

    private Cursor.Accessor accessor(int column) throws SQLException {
        checkOpen();
        if (getRow() == 0) {
            throw Failures.of("24000", "there is no current row: call next() first, and only while it gives true");
        }
        if (column < 1 || column > accessorList.size()) {
            throw Failures.of("22023", "there is no column " + column + " in a result of " + accessorList.size());
        }
        return accessorList.get(column - 1);
    }

    private TemporalKind kind(int column) throws SQLException {
        return column < 1 || column > columnMetaDataList.size()
                ? TemporalKind.NONE
                : TemporalKind.of(columnMetaDataList.get(column - 1));
    }

    private ZoneId zone(@Nullable Calendar calendar) {
        return (calendar == null ? localCalendar : calendar).getTimeZone().toZoneId();
    }

    /** The reading of a column of any temporal kind; null for NULL. */
    private @Nullable LocalDateTime local(int column) throws SQLException {
        Cursor.Accessor accessor = accessor(column);
        switch (kind(column)) {
            case LOCAL_TEXT -> {
                String text = accessor.getString();
                return text == null ? null : TemporalText.local(text);
            }
            case OFFSET_TEXT -> {
                OffsetDateTime offset = offset(column);
                return offset == null ? null : offset.toLocalDateTime();
            }
            case LOCAL_MILLIS -> {
                long millis = accessor.getLong();
                return accessor.wasNull()
                        ? null
                        : LocalDateTime.ofEpochSecond(
                                Math.floorDiv(millis, 1000L),
                                (int) Math.floorMod(millis, 1000L) * 1_000_000,
                                ZoneOffset.UTC);
            }
            case DATE -> {
                long days = accessor.getLong();
                return accessor.wasNull() ? null : LocalDate.ofEpochDay(days).atStartOfDay();
            }
            case TIME -> {
                long millis = accessor.getLong();
                return accessor.wasNull() ? null : LocalDate.EPOCH.atTime(LocalTime.ofNanoOfDay(millis * 1_000_000L));
            }
            case NONE ->
                throw Failures.of(
                        "42804",
                        "column " + column + " is " + columnMetaDataList.get(column - 1).type.name + ", no time");
        }
        throw new AssertionError(column);
    }

    private @Nullable OffsetDateTime offset(int column) throws SQLException {
        if (kind(column) == TemporalKind.OFFSET_TEXT) {
            String text = accessor(column).getString();
            return text == null ? null : TemporalText.offset(text);
        }
        LocalDateTime local = local(column);
        return local == null ? null : local.atZone(zone(null)).toOffsetDateTime();
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar) throws SQLException {
        if (kind(column) == TemporalKind.OFFSET_TEXT) {
            OffsetDateTime offset = offset(column);
            return offset == null ? null : Timestamp.from(offset.toInstant());
        }
        if (kind(column) == TemporalKind.NONE) {
            return accessor(column).getTimestamp(calendar == null ? localCalendar : calendar);
        }
        LocalDateTime local = local(column);
        return local == null
                ? null
                : Timestamp.from(local.atZone(zone(calendar)).toInstant());
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column) throws SQLException {
        return getTimestamp(column, null);
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label) throws SQLException {
        return getTimestamp(findColumn(label), null);
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label, @Nullable Calendar calendar) throws SQLException {
        return getTimestamp(findColumn(label), calendar);
    }

    @Override
    public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
        if (kind(column) == TemporalKind.NONE) {
            return accessor(column).getDate(calendar == null ? localCalendar : calendar);
        }
        LocalDateTime local = local(column);
        return local == null
                ? null
                : new Date(local.toLocalDate()
                        .atStartOfDay(zone(calendar))
                        .toInstant()
                        .toEpochMilli());
    }

    @Override
    public @Nullable Date getDate(int column) throws SQLException {
        return getDate(column, null);
    }

    @Override
    public @Nullable Date getDate(String label) throws SQLException {
        return getDate(findColumn(label), null);
    }

    @Override
    public @Nullable Date getDate(String label, @Nullable Calendar calendar) throws SQLException {
        return getDate(findColumn(label), calendar);
    }

    @Override
    public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
        if (kind(column) == TemporalKind.NONE) {
            return accessor(column).getTime(calendar == null ? localCalendar : calendar);
        }
        LocalDateTime local = local(column);
        return local == null
                ? null
                : new Time(LocalDate.EPOCH
                        .atTime(local.toLocalTime())
                        .atZone(zone(calendar))
                        .toInstant()
                        .toEpochMilli());
    }

    @Override
    public @Nullable Time getTime(int column) throws SQLException {
        return getTime(column, null);
    }

    @Override
    public @Nullable Time getTime(String label) throws SQLException {
        return getTime(findColumn(label), null);
    }

    @Override
    public @Nullable Time getTime(String label, @Nullable Calendar calendar) throws SQLException {
        return getTime(findColumn(label), calendar);
    }

    @Override
    public @Nullable String getString(int column) throws SQLException {
        Cursor.Accessor accessor = accessor(column);
        int precision = columnMetaDataList.get(column - 1).precision;
        switch (kind(column)) {
            case LOCAL_MILLIS, LOCAL_TEXT, OFFSET_TEXT -> {
                LocalDateTime local = local(column);
                return local == null ? null : TemporalText.print(local, precision);
            }
            case TIME -> {
                LocalDateTime local = local(column);
                return local == null ? null : TemporalText.print(local.toLocalTime(), precision);
            }
            case DATE, NONE -> {
                return accessor.getString();
            }
        }
        throw new AssertionError(column);
    }

    @Override
    public @Nullable String getString(String label) throws SQLException {
        return getString(findColumn(label));
    }

    @Override
    public @Nullable Object getObject(int column) throws SQLException {
        accessor(column);
        return switch (kind(column)) {
            case LOCAL_MILLIS, LOCAL_TEXT -> getTimestamp(column);
            case OFFSET_TEXT -> offset(column);
            case DATE -> getDate(column);
            case TIME -> getTime(column);
            case NONE -> super.getObject(column);
        };
    }

    @Override
    public @Nullable Object getObject(String label) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    public <T> @Nullable T getObject(String label, Class<T> type) throws SQLException {
        return getObject(findColumn(label), type);
    }

    @Override
    public <T> @Nullable T getObject(int column, Class<T> type) throws SQLException {
        Object value = convert(column, type);
        return value == null || wasNull() ? null : type.cast(value);
    }

    private @Nullable Object convert(int column, Class<?> type) throws SQLException {
        if (type == LocalDateTime.class) {
            return local(column);
        }
        if (type == LocalDate.class) {
            LocalDateTime local = local(column);
            return local == null ? null : local.toLocalDate();
        }
        if (type == LocalTime.class) {
            LocalDateTime local = local(column);
            return local == null ? null : local.toLocalTime();
        }
        if (type == OffsetDateTime.class) {
            return offset(column);
        }
        if (type == ZonedDateTime.class || type == Instant.class) {
            OffsetDateTime offset = offset(column);
            return offset == null
                    ? null
                    : type == Instant.class ? offset.toInstant() : offset.atZoneSameInstant(zone(null));
        }
        if (type == Timestamp.class || type == java.util.Date.class) {
            return getTimestamp(column);
        }
        if (type == Date.class) {
            return getDate(column);
        }
        if (type == Time.class) {
            return getTime(column);
        }
        return plain(column, type);
    }

    private @Nullable Object plain(int column, Class<?> type) throws SQLException {
        if (type == String.class) {
            return getString(column);
        }
        if (type == Object.class) {
            return getObject(column);
        }
        if (type == Boolean.class) {
            return getBoolean(column);
        }
        if (type == Byte.class) {
            return getByte(column);
        }
        if (type == Short.class) {
            return getShort(column);
        }
        if (type == Integer.class) {
            return getInt(column);
        }
        if (type == Long.class) {
            return getLong(column);
        }
        if (type == Float.class) {
            return getFloat(column);
        }
        if (type == Double.class) {
            return getDouble(column);
        }
        if (type == BigDecimal.class) {
            return getBigDecimal(column);
        }
        if (type == BigInteger.class) {
            BigDecimal value = getBigDecimal(column);
            return value == null ? null : value.toBigInteger();
        }
        if (type == byte[].class) {
            return getBytes(column);
        }
        if (type == Array.class) {
            return getArray(column);
        }
        if (type == UUID.class) {
            String text = getString(column);
            return text == null ? null : UUID.fromString(text);
        }
        throw Failures.of("0A000", "a value cannot be given as " + type.getName());
    }
}
