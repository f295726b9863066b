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
import java.time.ZoneId;
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

    /** The times of a column; its values must be times. */
    private TemporalColumn times(int column) throws SQLException {
        return new TemporalColumn(accessor(column), columnMetaDataList.get(column - 1), zone(null));
    }

    @Override
    public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar) throws SQLException {
        return kind(column) == TemporalKind.NONE
                ? accessor(column).getTimestamp(calendar == null ? localCalendar : calendar)
                : times(column).timestamp(zone(calendar));
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
        return kind(column) == TemporalKind.NONE
                ? accessor(column).getDate(calendar == null ? localCalendar : calendar)
                : times(column).date(zone(calendar));
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
        return kind(column) == TemporalKind.NONE
                ? accessor(column).getTime(calendar == null ? localCalendar : calendar)
                : times(column).time(zone(calendar));
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
        return switch (kind(column)) {
            case LOCAL_MILLIS, LOCAL_TEXT, OFFSET_TEXT, DATE, TIME ->
                times(column).text();
            case NONE -> accessor(column).getString();
        };
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
            case OFFSET_TEXT -> times(column).offset();
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
        if (type.getPackageName().equals("java.time")) {
            return times(column).as(type);
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
