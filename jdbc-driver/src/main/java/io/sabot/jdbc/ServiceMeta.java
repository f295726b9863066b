package io.sabot.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * What Avatica's JDBC objects ask of an engine, as requests to a {@link Service}. Statements are run by {@link
 * StatementControl}, not from here; metadata that the protocol has no request for travels as a table request with a type
 * that no table has.
 */
final class ServiceMeta extends MetaImpl {
    /** Table types that ask for something other than tables. */
    static final String PRIMARY_KEYS = "!primary-keys";

    static final String FUNCTIONS = "!functions";

    private final Service service;

    /**
     * Sends a request. Every failure leaves as the SQLException that the program shall see: Avatica's objects declare it,
     * though this interface does not, and would wrap anything unchecked in texts of their own.
     */
    private static <T> T ask(Supplier<T> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            throw ServiceMeta.<RuntimeException>asUnchecked(Failures.toSql(e));
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asUnchecked(SQLException failure) throws E {
        throw (E) failure;
    }

    ServiceMeta(AvaticaConnection connection, Service service) {
        super(connection);
        this.service = service;
    }

    @Override
    public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle handle) {
        return ask(() -> service.apply(new Service.DatabasePropertyRequest(handle.id)).map);
    }

    @Override
    public StatementHandle createStatement(ConnectionHandle handle) {
        var response = ask(() -> service.apply(new Service.CreateStatementRequest(handle.id)));
        return new StatementHandle(response.connectionId, response.statementId, null);
    }

    @Override
    public void closeStatement(StatementHandle handle) {
        var unused = ask(() -> service.apply(new Service.CloseStatementRequest(handle.connectionId, handle.id)));
    }

    @Override
    public void openConnection(ConnectionHandle handle, Map<String, String> properties) {
        var unused = ask(() -> service.apply(new Service.OpenConnectionRequest(handle.id, properties)));
    }

    @Override
    public void closeConnection(ConnectionHandle handle) {
        var unused = ask(() -> service.apply(new Service.CloseConnectionRequest(handle.id)));
    }

    @Override
    public ConnectionProperties connectionSync(ConnectionHandle handle, ConnectionProperties properties) {
        return ask(() -> service.apply(new Service.ConnectionSyncRequest(handle.id, properties)).connProps);
    }

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle handle) {
        return rows(() -> service.apply(new Service.CatalogsRequest(handle.id)));
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle handle, String catalog, Pat schema) {
        return rows(() -> service.apply(new Service.SchemasRequest(handle.id, catalog, schema.s)));
    }

    @Override
    public MetaResultSet getTables(ConnectionHandle handle, String catalog, Pat schema, Pat table, List<String> types) {
        return rows(() -> service.apply(new Service.TablesRequest(handle.id, catalog, schema.s, table.s, types)));
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle handle) {
        return rows(() -> service.apply(new Service.TableTypesRequest(handle.id)));
    }

    @Override
    public MetaResultSet getTypeInfo(ConnectionHandle handle) {
        return rows(() -> service.apply(new Service.TypeInfoRequest(handle.id)));
    }

    @Override
    public MetaResultSet getColumns(ConnectionHandle handle, String catalog, Pat schema, Pat table, Pat column) {
        return rows(() -> service.apply(new Service.ColumnsRequest(handle.id, catalog, schema.s, table.s, column.s)));
    }

    @Override
    public MetaResultSet getPrimaryKeys(ConnectionHandle handle, String catalog, String schema, String table) {
        return rows(() ->
                service.apply(new Service.TablesRequest(handle.id, catalog, schema, table, List.of(PRIMARY_KEYS))));
    }

    @Override
    public MetaResultSet getFunctions(ConnectionHandle handle, String catalog, Pat schema, Pat name) {
        return rows(() ->
                service.apply(new Service.TablesRequest(handle.id, catalog, schema.s, name.s, List.of(FUNCTIONS))));
    }

    private static MetaResultSet rows(Supplier<Service.ResultSetResponse> request) {
        Service.ResultSetResponse response = ask(request);
        return MetaResultSet.create(
                response.connectionId,
                response.statementId,
                response.ownStatement,
                response.signature,
                response.firstFrame);
    }

    /** A result without rows that needs no statement on the server. */
    @Override
    protected MetaResultSet createResultSet(
            Map<String, Object> internalParameters,
            List<ColumnMetaData> columns,
            CursorFactory cursorFactory,
            Frame firstFrame) {
        Signature signature =
                Signature.create(columns, "", List.<AvaticaParameter>of(), CursorFactory.LIST, StatementType.SELECT);
        StatementHandle handle = createStatement(connection.handle);
        return MetaResultSet.create(connection.id, handle.id, true, signature, firstFrame);
    }

    MetaResultSet empty(String column) {
        return createResultSet(
                Map.of(), List.of(columnMetaData(column, 0, Long.class, true)), CursorFactory.LIST, Frame.EMPTY);
    }

    @Override
    public StatementHandle prepare(ConnectionHandle handle, String sql, long maxRowCount) {
        return ask(() -> service.apply(new Service.PrepareRequest(handle.id, sql, maxRowCount)).statement);
    }

    @Override
    public void commit(ConnectionHandle handle) {
        var unused = ask(() -> service.apply(new Service.CommitRequest(handle.id)));
    }

    @Override
    public void rollback(ConnectionHandle handle) {
        var unused = ask(() -> service.apply(new Service.RollbackRequest(handle.id)));
    }

    @Override
    public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount) {
        throw new AssertionError(handle);
    }

    @Override
    @Deprecated
    public ExecuteResult prepareAndExecute(
            StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback) {
        throw new AssertionError(sql);
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle handle, String sql, long maxRowCount, int firstFrameRows, PrepareCallback callback) {
        throw new AssertionError(sql);
    }

    @Override
    @Deprecated
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> parameters, long maxRowCount) {
        throw new AssertionError(handle);
    }

    @Override
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> parameters, int firstFrameRows) {
        throw new AssertionError(handle);
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> statements) {
        throw new AssertionError(statements);
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> parameters) {
        throw new AssertionError(handle);
    }

    @Override
    public boolean syncResults(StatementHandle handle, QueryState state, long offset) {
        throw new AssertionError(handle);
    }
}
