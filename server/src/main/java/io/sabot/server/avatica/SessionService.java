package io.sabot.server.avatica;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.server.session.ResultCursor;
import io.sabot.server.session.Session;
import io.sabot.server.session.SessionFactory;
import io.sabot.server.session.StatementResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

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
    private static final String CLOSE_RESULT = "!close-result";
    private static final String WAIT_FOR_JOBS = "!wait-for-jobs";

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
        } catch (RuntimeException e) {
            throw Problems.of(e, "");
        } finally {
            connection.leave(nanoClock.getAsLong());
        }
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
        return on(request.connectionId, connection -> {
            try {
                var info = connection.session().prepare(request.sql);
                ServerStatement statement = connection.newStatement(new ServerStatement.Prepared(request.sql, info));
                List<ColumnMetaData> columns = info.schema()
                        .map(schema -> WireColumn.metaData(
                                WireColumn.of(schema, connection.session().timeZone())))
                        .orElse(List.of());
                Meta.Signature signature = Meta.Signature.create(
                        columns,
                        request.sql,
                        info.parameters().stream()
                                .map(SessionService::parameter)
                                .toList(),
                        Meta.CursorFactory.LIST,
                        Meta.StatementType.SELECT);
                return new PrepareResponse(
                        new Meta.StatementHandle(request.connectionId, statement.id(), signature), null);
            } catch (RuntimeException e) {
                throw Problems.of(e, request.sql);
            }
        });
    }

    private static AvaticaParameter parameter(DataType type) {
        AtomicType atomic = type instanceof AtomicType known ? known : AtomicType.STRING;
        return new AvaticaParameter(
                atomic.kind().isNumeric(),
                WireTypes.precision(atomic),
                atomic.scale(),
                WireTypes.jdbcId(type),
                type.name(),
                Object.class.getName(),
                "?");
    }

    @Override
    public ExecuteResponse apply(PrepareAndExecuteRequest request) {
        Matcher kill = KILL.matcher(request.sql);
        if (kill.matches()) {
            kill(kill.group(1), Integer.parseInt(kill.group(2)));
            return response(List.of(count(request.connectionId, request.statementId, 0)));
        }
        return on(request.connectionId, connection -> {
            ServerStatement statement = connection.statement(request.statementId);
            if (statement == null) {
                return new ExecuteResponse(List.of(), true, null);
            }
            if (request.sql.equals(CLOSE_RESULT)) {
                statement.close();
                return response(List.of(count(request.connectionId, statement.id(), 0)));
            }
            return execute(
                    request.connectionId,
                    connection,
                    statement,
                    request.sql,
                    List.of(),
                    request.maxRowCount,
                    request.maxRowsInFirstFrame);
        });
    }

    @Override
    public ExecuteResponse apply(ExecuteRequest request) {
        String connectionId = request.statementHandle.connectionId;
        return on(connectionId, connection -> {
            ServerStatement statement = connection.statement(request.statementHandle.id);
            if (statement == null || statement.prepared() == null) {
                throw Problems.gone("the server does not know this prepared statement any more");
            }
            List<@Nullable Object> parameters = parameters(connection, statement.prepared(), request.parameterValues);
            return execute(
                    connectionId,
                    connection,
                    statement,
                    statement.prepared().sql(),
                    parameters,
                    -1,
                    request.maxRowCount);
        });
    }

    private static List<@Nullable Object> parameters(
            ClientConnection connection,
            ServerStatement.Prepared prepared,
            List<? extends @Nullable TypedValue> values) {
        try {
            return new Parameters(connection.session().timeZone())
                    .values(values, prepared.info().parameters());
        } catch (RuntimeException e) {
            throw Problems.of(e, prepared.sql());
        }
    }

    private static ExecuteResponse execute(
            String connectionId,
            ClientConnection connection,
            ServerStatement statement,
            String sql,
            List<@Nullable Object> parameters,
            long maxRows,
            int firstFrameRows) {
        try {
            statement.begin();
            StatementResult result = sql.equals(WAIT_FOR_JOBS)
                    ? new StatementResult(Optional.of(new JobsCursor(connection.session())), -1, List.of())
                    : connection.execute(statement, sql, parameters);
            List<ResultSetResponse> results = new ArrayList<>();
            if (result.cursor().isPresent()) {
                results.add(open(
                        connectionId,
                        connection,
                        statement,
                        sql,
                        result.cursor().get(),
                        maxRows,
                        firstFrameRows));
            } else {
                results.add(count(connectionId, statement.id(), Math.max(0, result.updateCount())));
            }
            if (!result.warnings().isEmpty()) {
                results.add(MetadataRows.warnings(result.warnings()).response(connectionId, statement.id()));
            }
            return response(results);
        } catch (RuntimeException e) {
            throw Problems.of(e, sql);
        }
    }

    private static ResultSetResponse open(
            String connectionId,
            ClientConnection connection,
            ServerStatement statement,
            String sql,
            ResultCursor cursor,
            long maxRows,
            int firstFrameRows) {
        List<WireColumn> columns =
                WireColumn.of(cursor.schema(), connection.session().timeZone());
        OpenResult opened = new OpenResult(cursor, columns, sql, maxRows);
        statement.open(opened);
        Meta.Signature signature = Meta.Signature.create(
                WireColumn.metaData(columns), sql, List.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
        return new ResultSetResponse(
                connectionId, statement.id(), false, signature, opened.firstFrame(firstFrameRows), -1, null);
    }

    private static ResultSetResponse count(String connectionId, int statementId, long count) {
        return new ResultSetResponse(connectionId, statementId, false, null, null, count, null);
    }

    private static ExecuteResponse response(List<ResultSetResponse> results) {
        return new ExecuteResponse(results, false, null);
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
        return on(request.connectionId, connection -> {
            ServerStatement statement = connection.statement(request.statementId);
            OpenResult result = statement == null ? null : statement.result();
            if (result == null) {
                throw Problems.gone("the server does not know this result any more");
            }
            return new FetchResponse(result.fetch(request.fetchMaxRowCount), false, false, null);
        });
    }

    /** Would run a query again and skip what was read, which is no answer for a stream. */
    @Override
    public SyncResultsResponse apply(SyncResultsRequest request) {
        throw Problems.gone("the result is gone, and a query is not run twice\n  Hint: execute it again");
    }

    @Override
    public ExecuteBatchResponse apply(PrepareAndExecuteBatchRequest request) {
        return on(request.connectionId, connection -> {
            ServerStatement statement = connection.statement(request.statementId);
            if (statement == null) {
                return new ExecuteBatchResponse(request.connectionId, request.statementId, null, true, null);
            }
            statement.begin();
            long[] counts = new long[request.sqlCommands.size()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = update(connection, statement, request.sqlCommands.get(i), List.of());
            }
            return new ExecuteBatchResponse(request.connectionId, request.statementId, counts, false, null);
        });
    }

    @Override
    public ExecuteBatchResponse apply(ExecuteBatchRequest request) {
        return on(request.connectionId, connection -> {
            ServerStatement statement = connection.statement(request.statementId);
            if (statement == null || statement.prepared() == null) {
                throw Problems.gone("the server does not know this prepared statement any more");
            }
            statement.begin();
            List<? extends List<? extends @Nullable TypedValue>> rows = request.hasProtoUpdateBatches()
                    ? request.getProtoUpdateBatches().stream()
                            .map(batch -> batch.getParameterValuesList().stream()
                                    .map(TypedValue::fromProto)
                                    .toList())
                            .toList()
                    : request.parameterValues;
            long[] counts = new long[rows.size()];
            for (int i = 0; i < counts.length; i++) {
                var parameters = parameters(connection, statement.prepared(), rows.get(i));
                counts[i] = update(connection, statement, statement.prepared().sql(), parameters);
            }
            return new ExecuteBatchResponse(request.connectionId, request.statementId, counts, false, null);
        });
    }

    private static long update(
            ClientConnection connection, ServerStatement statement, String sql, List<@Nullable Object> parameters) {
        try {
            StatementResult result = connection.execute(statement, sql, parameters);
            result.cursor().ifPresent(ResultCursor::close);
            return Math.max(0, result.updateCount());
        } catch (RuntimeException e) {
            throw Problems.of(e, sql);
        }
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
