package io.sabot.server.avatica;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.server.session.ResultCursor;
import io.sabot.server.session.StatementResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The requests that prepare and run statements of one connection, and fetch their rows. Made for one request; called by its
 * thread. What fails names its place in the statement's SQL.
 */
record StatementRequests(String connectionId, ClientConnection connection) {
    private static final String CLOSE_RESULT = "!close-result";
    private static final String WAIT_FOR_JOBS = "!wait-for-jobs";

    Service.PrepareResponse prepare(String sql) {
        try {
            var info = connection.session().prepare(sql);
            ServerStatement statement = connection.newStatement(new ServerStatement.Prepared(sql, info));
            List<ColumnMetaData> columns = info.schema()
                    .map(schema -> WireColumn.metaData(
                            WireColumn.of(schema, connection.session().timeZone())))
                    .orElse(List.of());
            Meta.Signature signature = Meta.Signature.create(
                    columns,
                    sql,
                    info.parameters().stream().map(StatementRequests::parameter).toList(),
                    Meta.CursorFactory.LIST,
                    Meta.StatementType.SELECT);
            return new Service.PrepareResponse(new Meta.StatementHandle(connectionId, statement.id(), signature), null);
        } catch (RuntimeException | AssertionError e) {
            throw Problems.of(e, sql);
        }
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

    /** Runs a statement that was not prepared; the driver's own requests come as such. */
    Service.ExecuteResponse execute(Service.PrepareAndExecuteRequest request) {
        ServerStatement statement = connection.statement(request.statementId);
        if (statement == null) {
            return new Service.ExecuteResponse(List.of(), true, null);
        }
        if (request.sql.equals(CLOSE_RESULT)) {
            statement.close();
            return response(List.of(count(statement.id(), 0)));
        }
        return execute(statement, request.sql, List.of(), request.maxRowCount, request.maxRowsInFirstFrame);
    }

    Service.ExecuteResponse execute(Service.ExecuteRequest request) {
        ServerStatement statement = connection.statement(request.statementHandle.id);
        ServerStatement.Prepared prepared = statement == null ? null : statement.prepared();
        if (statement == null || prepared == null) {
            throw notPrepared();
        }
        return execute(
                statement, prepared.sql(), parameters(prepared, request.parameterValues), -1, request.maxRowCount);
    }

    private static RuntimeException notPrepared() {
        return Problems.gone("the server does not know this prepared statement any more");
    }

    private List<@Nullable Object> parameters(
            ServerStatement.Prepared prepared, List<? extends @Nullable TypedValue> values) {
        try {
            return new Parameters(connection.session().timeZone())
                    .values(values, prepared.info().parameters());
        } catch (RuntimeException | AssertionError e) {
            throw Problems.of(e, prepared.sql());
        }
    }

    private Service.ExecuteResponse execute(
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
            List<Service.ResultSetResponse> results = new ArrayList<>();
            if (result.cursor().isPresent()) {
                results.add(open(statement, sql, result.cursor().get(), maxRows, firstFrameRows));
            } else {
                results.add(count(statement.id(), Math.max(0, result.updateCount())));
            }
            if (!result.warnings().isEmpty()) {
                results.add(MetadataRows.warnings(result.warnings()).response(connectionId, statement.id()));
            }
            return response(results);
        } catch (RuntimeException | AssertionError e) {
            throw Problems.of(e, sql);
        }
    }

    private Service.ResultSetResponse open(
            ServerStatement statement, String sql, ResultCursor cursor, long maxRows, int firstFrameRows) {
        List<WireColumn> columns =
                WireColumn.of(cursor.schema(), connection.session().timeZone());
        OpenResult opened = new OpenResult(cursor, columns, sql, maxRows);
        statement.open(opened);
        Meta.Signature signature = Meta.Signature.create(
                WireColumn.metaData(columns), sql, List.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
        return new Service.ResultSetResponse(
                connectionId, statement.id(), false, signature, opened.firstFrame(firstFrameRows), -1, null);
    }

    /** What a statement without rows answers. */
    Service.ExecuteResponse counted(int statementId, long rows) {
        return response(List.of(count(statementId, rows)));
    }

    private Service.ResultSetResponse count(int statementId, long count) {
        return new Service.ResultSetResponse(connectionId, statementId, false, null, null, count, null);
    }

    private static Service.ExecuteResponse response(List<Service.ResultSetResponse> results) {
        return new Service.ExecuteResponse(results, false, null);
    }

    Service.FetchResponse fetch(Service.FetchRequest request) {
        ServerStatement statement = connection.statement(request.statementId);
        OpenResult result = statement == null ? null : statement.result();
        if (result == null) {
            throw Problems.gone("the server does not know this result any more");
        }
        return new Service.FetchResponse(result.fetch(request.fetchMaxRowCount), false, false, null);
    }

    Service.ExecuteBatchResponse executeBatch(Service.PrepareAndExecuteBatchRequest request) {
        ServerStatement statement = connection.statement(request.statementId);
        if (statement == null) {
            return new Service.ExecuteBatchResponse(connectionId, request.statementId, null, true, null);
        }
        statement.begin();
        long[] counts = new long[request.sqlCommands.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = update(statement, request.sqlCommands.get(i), List.of());
        }
        return new Service.ExecuteBatchResponse(connectionId, request.statementId, counts, false, null);
    }

    Service.ExecuteBatchResponse executeBatch(Service.ExecuteBatchRequest request) {
        ServerStatement statement = connection.statement(request.statementId);
        ServerStatement.Prepared prepared = statement == null ? null : statement.prepared();
        if (statement == null || prepared == null) {
            throw notPrepared();
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
            counts[i] = update(statement, prepared.sql(), parameters(prepared, rows.get(i)));
        }
        return new Service.ExecuteBatchResponse(connectionId, request.statementId, counts, false, null);
    }

    private long update(ServerStatement statement, String sql, List<@Nullable Object> parameters) {
        try {
            StatementResult result = connection.execute(statement, sql, parameters);
            result.cursor().ifPresent(ResultCursor::close);
            return Math.max(0, result.updateCount());
        } catch (RuntimeException | AssertionError e) {
            throw Problems.of(e, sql);
        }
    }
}
