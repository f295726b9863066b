package io.sabot.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.InternalProperty;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;

/** A session with an engine, here or behind a server. */
final class SabotConnection extends AvaticaConnection {
    /** Key under which the driver hands the transport over, since the superclass asks for it in its constructor. */
    static final String TRANSPORT = "sabot.driver.transport";

    /** Gives no row, and ends when the jobs that this session started have ended. */
    private static final String WAIT_FOR_JOBS = "!wait-for-jobs";

    private final Properties clientInfo = new Properties();

    SabotConnection(UnregisteredDriver driver, AvaticaFactory factory, String url, Properties info) {
        super(driver, factory, url, info);
        properties.put(InternalProperty.QUOTING, Quoting.BACK_TICK);
        properties.put(InternalProperty.CASE_SENSITIVE, true);
        properties.put(InternalProperty.QUOTED_CASING, Casing.UNCHANGED);
        properties.put(InternalProperty.UNQUOTED_CASING, Casing.UNCHANGED);
    }

    private Transport transport() {
        return (Transport) Objects.requireNonNull(info.get(TRANSPORT));
    }

    Meta newMeta() {
        return new ServiceMeta(this, transport().service());
    }

    Service service() {
        return transport().service();
    }

    String property(String key, String otherwise) {
        return info.getProperty(key, otherwise);
    }

    void open(Map<String, String> properties) throws SQLException {
        try {
            meta.openConnection(handle, properties);
        } finally {
            info.remove(ConnectionProperties.PASSWORD);
        }
    }

    /** Runs a statement that gives no rows, beside whatever else runs on this connection. */
    void send(int statementId, String command) {
        service().apply(new Service.PrepareAndExecuteRequest(handle.id, statementId, command, -1));
    }

    AvaticaResultSet resultSet(AvaticaStatement statement, String sql, Service.ResultSetResponse result)
            throws SQLException {
        AvaticaResultSet resultSet = factory.newResultSet(
                statement, new QueryState(sql), result.signature, getTimeZone(), result.firstFrame);
        return ((SabotResultSet) resultSet).execute();
    }

    ResultSet emptyResult(String column) throws SQLException {
        return createResultSet(((ServiceMeta) meta).empty(column), new QueryState(""));
    }

    @Override
    public void close() throws SQLException {
        if (isClosed()) {
            return;
        }
        SQLException failure = null;
        if (Boolean.parseBoolean(property(ConnectionProperties.WAIT_FOR_JOBS, "false"))) {
            try {
                awaitJobs();
            } catch (SQLException e) {
                failure = e;
            }
        }
        try {
            closeNow();
        } catch (SQLException e) {
            failure = failure == null ? e : failure;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void awaitJobs() throws SQLException {
        try (Statement statement = createStatement();
                ResultSet jobs = statement.executeQuery(WAIT_FOR_JOBS)) {
            boolean more = jobs.next();
            assert !more;
        }
    }

    private void closeNow() throws SQLException {
        try {
            statementMap.values().forEach(statement -> ((ControlledStatement) statement).abandon());
            statementMap.clear();
            super.close();
        } finally {
            transport().close();
        }
    }

    @Override
    public void abort(Executor executor) {
        executor.execute(() -> {
            try {
                closeNow();
            } catch (SQLException e) {
                // The program has given the connection up; the server forgets it in time.
                assert e.getSQLState() != null;
            }
        });
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw Failures.of("22023", "the timeout is less than 0");
        }
        if (isClosed()) {
            return false;
        }
        try {
            getCatalog();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return sql;
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setClientInfo(String name, String value) {
        if (value == null) {
            clientInfo.remove(name);
        } else {
            clientInfo.setProperty(name, value);
        }
    }

    @Override
    public void setClientInfo(Properties properties) {
        clientInfo.clear();
        clientInfo.putAll(properties);
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        checkOpen();
        Properties copy = new Properties();
        copy.putAll(clientInfo);
        return copy;
    }
}
