package io.sabot.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * What a plain and a prepared statement have in common: cancelling, the query timeout, warnings, and the errors that come
 * of them. {@link #cancel} may be called from any thread; it takes no lock.
 */
final class StatementControl {
    /** Frees the rows of a statement and keeps the statement. */
    static final String CLOSE_RESULT = "!close-result";

    private final SabotConnection connection;
    private final Meta.StatementHandle handle;
    private volatile boolean cancelled;
    private volatile boolean timedOut;
    private @Nullable CompletableFuture<Void> timer;
    private @Nullable SQLWarning warnings;

    StatementControl(SabotConnection connection, Meta.StatementHandle handle) {
        this.connection = connection;
        this.handle = handle;
    }

    SabotConnection connection() {
        return connection;
    }

    Meta.StatementHandle handle() {
        return handle;
    }

    /** A new execution begins; its time counts from here to the end of its rows. */
    void begin(int timeoutSeconds) {
        end();
        cancelled = false;
        timedOut = false;
        warnings = null;
        if (timeoutSeconds > 0) {
            CompletableFuture<Void> newTimer = new CompletableFuture<>();
            timer = newTimer;
            var unused = newTimer.completeOnTimeout(null, timeoutSeconds, TimeUnit.SECONDS)
                    .thenRunAsync(this::expire);
        }
    }

    /** The execution has ended, or its result was closed. */
    void end() {
        CompletableFuture<Void> running = timer;
        timer = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void expire() {
        timedOut = true;
        try {
            cancel();
        } catch (SQLException e) {
            // The server is gone or has lost the statement: whoever waits for rows is told so.
            assert timedOut;
        }
    }

    void cancel() throws SQLException {
        cancelled = true;
        try {
            connection.send(handle.id, "KILL QUERY '" + handle.connectionId + "/" + handle.id + "'");
        } catch (RuntimeException e) {
            throw Failures.toSql(e);
        }
    }

    void checkCancelled() throws SQLException {
        if (timedOut || cancelled) {
            throw failure(new ServiceFailure(Failures.CANCELLED, "ERROR 57014: the query was cancelled", null));
        }
    }

    /** The exception that the program sees; the execution is over. */
    SQLException failure(Throwable cause) {
        end();
        SQLException failure = Failures.toSql(cause);
        if (timedOut && Failures.CANCELLED.equals(failure.getSQLState())) {
            return new SQLTimeoutException(
                    "ERROR 57014: the query was cancelled: its time was up", Failures.CANCELLED, cause);
        }
        return failure;
    }

    /** The first result of a response; the second, where there is one, holds warnings. */
    Service.ResultSetResponse result(Service.ExecuteResponse response) throws SQLException {
        if (response.missingStatement || response.results == null || response.results.isEmpty()) {
            throw Failures.of("24000", "the server does not know this statement any more");
        }
        if (response.results.size() > 1) {
            for (Object row : response.results.get(1).firstFrame.rows) {
                warn(new SQLWarning(String.valueOf(((List<?>) row).get(0)), "01000"));
            }
        }
        return response.results.get(0);
    }

    private void warn(SQLWarning warning) {
        SQLWarning first = warnings;
        if (first == null) {
            warnings = warning;
        } else {
            first.setNextWarning(warning);
        }
    }

    @Nullable
    SQLWarning warnings() {
        return warnings;
    }

    void clearWarnings() {
        warnings = null;
    }

    /** Frees the rows on the server, which may be gone. */
    void closeResult() {
        end();
        connection.send(handle.id, CLOSE_RESULT);
    }
}
