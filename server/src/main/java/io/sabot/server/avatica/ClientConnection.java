package io.sabot.server.avatica;

import io.sabot.catalog.type.Identifiers;
import io.sabot.executor.batch.Batch;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.server.session.ResultCursor;
import io.sabot.server.session.Session;
import io.sabot.server.session.StatementResult;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta.ConnectionProperties;
import org.jspecify.annotations.Nullable;

/** A client's connection: its session, its statements, and whether it is in use. */
final class ClientConnection implements AutoCloseable {
    private final Session session;
    private final AtomicInteger lastStatement = new AtomicInteger();
    private final Map<Integer, ServerStatement> statements = new ConcurrentHashMap<>();
    private final ReentrantLock executing = new ReentrantLock();
    private volatile @Nullable ServerStatement running;
    private boolean autoCommit = true;
    private boolean readOnly;
    private int isolation = Connection.TRANSACTION_NONE;
    private int requests;
    private boolean closed;
    private long lastUseNanos;

    ClientConnection(Session session, long nowNanos) {
        this.session = session;
        this.lastUseNanos = nowNanos;
    }

    Session session() {
        return session;
    }

    /** A request begins; false when the connection is closed. */
    synchronized boolean enter() {
        if (!closed) {
            requests++;
        }
        return !closed;
    }

    synchronized void leave(long nowNanos) {
        requests--;
        lastUseNanos = nowNanos;
    }

    /** Whether no request was under way for so long; if so, none can begin any more. */
    synchronized boolean expire(long nowNanos, long idleNanos) {
        if (requests == 0 && nowNanos - lastUseNanos > idleNanos) {
            closed = true;
        }
        return closed;
    }

    int newStatementId() {
        return lastStatement.incrementAndGet();
    }

    ServerStatement newStatement(ServerStatement.@Nullable Prepared prepared) {
        ServerStatement statement = new ServerStatement(newStatementId(), prepared);
        statements.put(statement.id(), statement);
        return statement;
    }

    /** The statement of this number, if it is open. */
    @Nullable
    ServerStatement statement(int id) {
        return statements.get(id);
    }

    int openStatements() {
        return statements.size();
    }

    void closeStatement(int id) {
        ServerStatement statement = statements.remove(id);
        if (statement != null) {
            kill(statement);
            statement.close();
        }
    }

    /** Runs SQL for a statement. Statements of a connection run one after another; their rows flow side by side. */
    StatementResult execute(ServerStatement statement, String sql, List<@Nullable Object> parameters) {
        executing.lock();
        try {
            running = statement;
            if (statement.isKilled()) {
                throw SabotException.of(ErrorCode.QUERY_CANCELLED, "the query was cancelled");
            }
            return session.execute(sql, parameters);
        } finally {
            running = null;
            executing.unlock();
        }
    }

    /** Ends what a statement does, from any thread. */
    void kill(ServerStatement statement) {
        statement.kill();
        if (running == statement) {
            session.cancelExecuting();
        }
    }

    ConnectionProperties sync(ConnectionProperties wanted) {
        String catalog = wanted.getCatalog();
        if (catalog != null
                && !catalog.isEmpty()
                && !catalog.equals(session.catalog().currentCatalog())) {
            use("USE CATALOG " + Identifiers.quote(catalog));
        }
        String schema = wanted.getSchema();
        if (schema != null
                && !schema.isEmpty()
                && !schema.equals(session.catalog().currentDatabase())) {
            use("USE " + Identifiers.quote(schema));
        }
        synchronized (this) {
            if (wanted.isAutoCommit() != null) {
                autoCommit = wanted.isAutoCommit();
            }
            if (wanted.isReadOnly() != null) {
                readOnly = wanted.isReadOnly();
            }
            if (wanted.getTransactionIsolation() != null) {
                isolation = wanted.getTransactionIsolation();
            }
            return new ConnectionPropertiesImpl(
                            autoCommit,
                            readOnly,
                            isolation,
                            session.catalog().currentCatalog(),
                            session.catalog().currentDatabase())
                    .setDirty(false);
        }
    }

    /** Names of the functions that this session can call. */
    List<String> functions() {
        List<String> names = new ArrayList<>();
        try (ResultCursor cursor =
                session.execute("SHOW FUNCTIONS", List.of()).cursor().orElseThrow()) {
            WireColumn first =
                    WireColumn.of(cursor.schema(), session.timeZone()).get(0);
            do {
                try (Batch batch = cursor.poll(1000)) {
                    for (int row = 0; batch != null && row < batch.rowCount(); row++) {
                        names.add(String.valueOf(first.reader().read(batch.vector(0), row)));
                    }
                }
            } while (!cursor.done());
        }
        return names;
    }

    private void use(String sql) {
        try {
            session.execute(sql, List.of()).cursor().ifPresent(ResultCursor::close);
        } catch (RuntimeException e) {
            throw Problems.of(e, sql);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        statements.keySet().forEach(this::closeStatement);
        session.close();
    }
}
