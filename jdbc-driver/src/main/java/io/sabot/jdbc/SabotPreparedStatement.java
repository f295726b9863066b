package io.sabot.jdbc;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** A statement with parameters. Temporal values travel as text, which the server reads as the parameter's type. */
final class SabotPreparedStatement extends AvaticaPreparedStatement implements ControlledStatement {
    private final StatementControl control;
    private final String sql;
    private volatile boolean closing;

    SabotPreparedStatement(
            SabotConnection connection,
            Meta.StatementHandle handle,
            Meta.Signature signature,
            int type,
            int concurrency,
            int holdability)
            throws SQLException {
        super(connection, handle, signature, type, concurrency, holdability);
        this.control = new StatementControl(connection, handle);
        this.sql = signature.sql;
    }

    @Override
    public StatementControl control() {
        return control;
    }

    @Override
    public void abandon() {
        closing = true;
        closed = true;
        control.end();
        ResultSets.close(openResultSet);
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    private void run() throws SQLException {
        checkOpen();
        closeOpenResult();
        checkBound(getParameterValues());
        updateCount = -1;
        control.begin(getQueryTimeout());
        try {
            var handleAlone = new Meta.StatementHandle(handle.connectionId, handle.id, null);
            Service.ResultSetResponse result = control.result(control.connection()
                    .service()
                    .apply(new Service.ExecuteRequest(handleAlone, getParameterValues(), getFetchSize())));
            if (result.updateCount != -1) {
                updateCount = result.updateCount;
                control.end();
            } else {
                openResultSet = control.connection().resultSet(this, sql, result);
            }
        } catch (RuntimeException | SQLException e) {
            throw control.failure(e);
        }
    }

    private static void checkBound(List<? extends @Nullable TypedValue> values) throws SQLException {
        int missing = values.indexOf(null);
        if (missing >= 0) {
            throw Failures.of("22023", "parameter " + (missing + 1) + " has no value");
        }
    }

    private void closeOpenResult() {
        ResultSets.close(openResultSet);
        openResultSet = null;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        run();
        if (openResultSet == null) {
            throw Failures.of("02000", "the statement gives no rows; use execute or executeUpdate");
        }
        return openResultSet;
    }

    @Override
    public boolean execute() throws SQLException {
        run();
        return openResultSet != null;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        run();
        if (openResultSet != null) {
            closeOpenResult();
            updateCount = 0;
        }
        return updateCount;
    }

    @Override
    public void addBatch() throws SQLException {
        checkBound(getParameterValues());
        super.addBatch();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        closeOpenResult();
        control.begin(getQueryTimeout());
        try {
            Service.ExecuteBatchResponse response = control.connection()
                    .service()
                    .apply(new Service.ExecuteBatchRequest(
                            handle.connectionId, handle.id, List.copyOf(getParameterValueBatch())));
            if (response.missingStatement) {
                throw Failures.of("24000", "the server does not know this statement any more");
            }
            return response.updateCounts;
        } catch (RuntimeException | SQLException e) {
            SQLException failure = control.failure(e);
            throw new BatchUpdateException(
                    failure.getMessage(), failure.getSQLState(), failure.getErrorCode(), new long[0], failure);
        } finally {
            control.end();
            parameterValueBatch.clear();
        }
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        String text = TemporalText.parameter(value);
        if (text != null) {
            setText(index, text);
        } else {
            super.setObject(index, value);
        }
    }

    @Override
    public void setObject(int index, Object value, int targetSqlType) throws SQLException {
        String text = TemporalText.parameter(value);
        if (text != null) {
            setText(index, text);
        } else {
            super.setObject(index, value, targetSqlType);
        }
    }

    @Override
    public void setObject(int index, Object value, int targetSqlType, int scaleOrLength) throws SQLException {
        setObject(index, value, targetSqlType);
    }

    @Override
    public void setTimestamp(int index, Timestamp value, Calendar calendar) throws SQLException {
        if (value == null) {
            setNull(index, java.sql.Types.TIMESTAMP);
        } else {
            setText(index, TemporalText.of(value, calendar == null ? getCalendar() : calendar));
        }
    }

    private void setText(int index, String text) throws SQLException {
        checkOpen();
        getParameter(index);
        slots[index - 1] = TypedValue.ofSerial(ColumnMetaData.Rep.STRING, text);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void cancel() throws SQLException {
        checkOpen();
        control.cancel();
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        checkOpen();
        closeOpenResult();
        updateCount = -1;
        return false;
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        return getMoreResults();
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return control.warnings();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        control.clearWarnings();
    }

    @Override
    public void setEscapeProcessing(boolean enable) {}

    @Override
    public void setPoolable(boolean poolable) {}

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void close() throws SQLException {
        closing = true;
        control.end();
        try {
            close_();
        } catch (RuntimeException e) {
            throw Failures.toSql(e);
        }
    }
}
