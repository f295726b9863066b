package io.sabot.server.avatica;

import io.sabot.server.session.Session;
import io.sabot.server.session.SessionFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.remote.Service;

/**
 * The requests of Avatica's protocol, answered by the sessions of one engine. Safe for any thread.
 *
 * <p>Besides SQL it knows {@code KILL QUERY 'connection/statement'}, which ends what a statement does, and the driver's own
 * {@code !close-result} and {@code !wait-for-jobs}. A result is never made anew: a request for rows that are gone fails
 * with 24000. Warnings travel as a second result, which clients that do not know of it leave alone.
 */
public final class SessionService implements Service, AutoCloseable {
    private static final Pattern KILL =
            Pattern.compile("\\s*KILL\\s+QUERY\\s+'([^'/]+)/(-?\\d{1,9})'\\s*;?\\s*", Pattern.CASE_INSENSITIVE);

    /** Types of tables by which the driver asks for metadata that the protocol has no request for. */
    private static final String PRIMARY_KEYS = "!primary-keys";

    private static final String FUNCTIONS = "!functions";

    private final SessionFactory engine;
    private final LongSupplier nanoClock;
    private final Map<String, ClientConnection> connections = new ConcurrentHashMap<>();

    /**
     * Does not own the engine.
     *
     * @param nanoClock tells idle connections, as {@link System#nanoTime}
     */
    public SessionService(SessionFactory engine, LongSupplier nanoClock) {
        this.engine = engine;
        this.nanoClock = nanoClock;
    }

    /** Closes connections that have sent no request for so long; a request under way counts as use. */
    public void expireIdle(long idleNanos) {
        long now = nanoClock.getAsLong();
        connections.forEach((id, connection) -> {
            if (connection.expire(now, idleNanos) && connections.remove(id, connection)) {
                connection.close();
            }
        });
    }

    /** Connections that are open. */
    public int openConnections() {
        return connections.size();
    }

    /** Statements that are open on all connections. */
    public int openStatements() {
        return connections.values().stream()
                .mapToInt(ClientConnection::openStatements)
                .sum();
    }

    /** Closes all connections, which ends their queries. */
    @Override
    public void close() {
        connections.keySet().forEach(this::closeConnection);
    }

    private void closeConnection(String id) {
        ClientConnection connection = connections.remove(id);
        if (connection != null) {
            connection.close();
        }
    }

    private <T> T on(String connectionId, Function<ClientConnection, T> request) {
        ClientConnection connection = connections.get(connectionId);
        if (connection == null || !connection.enter()) {
            throw Problems.noConnection();
        }
        try {
            return request.apply(connection);
        } catch (RuntimeException | AssertionError e) {
            throw Problems.of(e, "");
        } finally {
            connection.leave(nanoClock.getAsLong());
        }
    }

    private <T> T onStatement(String connectionId, Function<StatementRequests, T> request) {
        return on(connectionId, connection -> request.apply(new StatementRequests(connectionId, connection)));
    }

    // ---- connections

    @Override
    public OpenConnectionResponse apply(OpenConnectionRequest request) {
        try {
            Map<String, String> properties = request.info == null ? Map.of() : request.info;
            Session session = engine.newSession(properties);
            ClientConnection before =
                    connections.put(request.connectionId, new ClientConnection(session, nanoClock.getAsLong()));
            if (before != null) {
                before.close();
            }
            return new OpenConnectionResponse();
        } catch (RuntimeException e) {
            throw Problems.of(e, "");
        }
    }

    @Override
    public CloseConnectionResponse apply(CloseConnectionRequest request) {
        try {
            closeConnection(request.connectionId);
            return new CloseConnectionResponse();
        } catch (RuntimeException e) {
            throw Problems.of(e, "");
        }
    }

    @Override
    public ConnectionSyncResponse apply(ConnectionSyncRequest request) {
        return on(
                request.connectionId,
                connection -> new ConnectionSyncResponse(connection.sync(request.connProps), null));
    }

    @Override
    public DatabasePropertyResponse apply(DatabasePropertyRequest request) {
        return on(request.connectionId, connection -> new DatabasePropertyResponse(DatabaseFacts.MAP, null));
    }

    /** Every statement is its own transaction: there is nothing to do. */
    @Override
    public CommitResponse apply(CommitRequest request) {
        return on(request.connectionId, connection -> EmptyResponses.COMMIT);
    }

    @Override
    public RollbackResponse apply(RollbackRequest request) {
        return on(request.connectionId, connection -> EmptyResponses.ROLLBACK);
    }

    // ---- statements

    @Override
    public CreateStatementResponse apply(CreateStatementRequest request) {
        return on(
                request.connectionId,
                connection -> new CreateStatementResponse(
                        request.connectionId, connection.newStatement(null).id(), null));
    }

    @Override
    public CloseStatementResponse apply(CloseStatementRequest request) {
        return on(request.connectionId, connection -> {
            connection.closeStatement(request.statementId);
            return new CloseStatementResponse();
        });
    }

    @Override
    public PrepareResponse apply(PrepareRequest request) {
        return onStatement(request.connectionId, statements -> statements.prepare(request.sql));
    }

    @Override
    public ExecuteResponse apply(PrepareAndExecuteRequest request) {
        Matcher kill = KILL.matcher(request.sql);
        if (kill.matches()) {
            kill(kill.group(1), Integer.parseInt(kill.group(2)));
            return onStatement(request.connectionId, statements -> statements.counted(request.statementId, 0));
        }
        return onStatement(request.connectionId, statements -> statements.execute(request));
    }

    @Override
    public ExecuteResponse apply(ExecuteRequest request) {
        return onStatement(request.statementHandle.connectionId, statements -> statements.execute(request));
    }

    private void kill(String connectionId, int statementId) {
        ClientConnection connection = connections.get(connectionId);
        ServerStatement statement = connection == null ? null : connection.statement(statementId);
        if (connection != null && statement != null) {
            connection.kill(statement);
        }
    }

    @Override
    public FetchResponse apply(FetchRequest request) {
        return onStatement(request.connectionId, statements -> statements.fetch(request));
    }

    /** Would run a query again and skip what was read, which is no answer for a stream. */
    @Override
    public SyncResultsResponse apply(SyncResultsRequest request) {
        throw Problems.gone("the result is gone, and a query is not run twice\n  Hint: execute it again");
    }

    @Override
    public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
        return onStatement(request.connectionId, statements -> statements.executeBatch(request));
    }

    @Override
    public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
        return onStatement(request.connectionId, statements -> statements.executeBatch(request));
    }

    // ---- metadata

    private ResultSetResponse metadata(String connectionId, Function<CatalogRows, MetadataRows> rows) {
        return on(
                connectionId,
                connection -> rows.apply(new CatalogRows(connection.session().catalog()))
                        .response(connectionId, connection.newStatementId()));
    }

    @Override
    public ResultSetResponse apply(CatalogsRequest request) {
        return metadata(request.connectionId, CatalogRows::catalogs);
    }

    @Override
    public ResultSetResponse apply(SchemasRequest request) {
        return metadata(request.connectionId, rows -> rows.schemas(request.catalog, request.schemaPattern));
    }

    @Override
    public ResultSetResponse apply(TablesRequest request) {
        List<String> types = request.typeList;
        if (types != null && types.contains(PRIMARY_KEYS)) {
            return metadata(
                    request.connectionId,
                    rows -> rows.primaryKeys(request.catalog, request.schemaPattern, request.tableNamePattern));
        }
        if (types != null && types.contains(FUNCTIONS)) {
            return on(
                    request.connectionId,
                    connection -> CatalogRows.functions(connection.functions(), request.tableNamePattern)
                            .response(request.connectionId, connection.newStatementId()));
        }
        return metadata(
                request.connectionId,
                rows -> rows.tables(request.catalog, request.schemaPattern, request.tableNamePattern, types));
    }

    @Override
    public ResultSetResponse apply(TableTypesRequest request) {
        return metadata(request.connectionId, CatalogRows::tableTypes);
    }

    @Override
    public ResultSetResponse apply(TypeInfoRequest request) {
        return metadata(request.connectionId, rows -> TypeInfo.rows());
    }

    @Override
    public ResultSetResponse apply(ColumnsRequest request) {
        return metadata(
                request.connectionId,
                rows -> rows.columns(
                        request.catalog, request.schemaPattern, request.tableNamePattern, request.columnNamePattern));
    }

    @Override
    public void setRpcMetadata(RpcMetadataResponse metadata) {}
}
