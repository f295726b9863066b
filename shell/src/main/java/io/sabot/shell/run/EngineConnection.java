package io.sabot.shell.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC connection, opened in the background so that the prompt need not wait for it. An embedded engine is also warmed:
 * the first query a person types should not be the one that loads the planner.
 */
public final class EngineConnection implements AutoCloseable {
    private static final String WARM_UP =
            "EXPLAIN SELECT a, COUNT(*) FROM (VALUES (1, 'x'), (2, 'y')) AS t (a, b) WHERE a > 0 GROUP BY a";

    private final Opener opener;
    private final Properties properties;
    private String url;
    private volatile @Nullable CompletableFuture<Connection> connecting;

    public EngineConnection(Opener opener, String url, Properties properties) {
        this.opener = opener;
        this.url = url;
        this.properties = properties;
    }

    /** What opens connections: the driver, or a test's. */
    @FunctionalInterface
    public interface Opener {
        Connection open(String url, Properties properties) throws SQLException;
    }

    public String url() {
        return url;
    }

    /** Begins to connect on a thread of its own; with {@code warmUp} that thread also plans a query nobody waits for. */
    public void connectInBackground(boolean warmUp) {
        var future = new CompletableFuture<Connection>();
        connecting = future;
        Runnable task = () -> {
            open(future);
            if (warmUp && !future.isCompletedExceptionally()) {
                warmUp(future.join());
            }
        };
        var thread = new Thread(task, "sabot-shell-connect");
        thread.setDaemon(true);
        thread.start();
    }

    /** The connection, if it is open already; for completion, which must not keep a person waiting. */
    public @Nullable Connection ifOpen() {
        var future = connecting;
        return future == null ? null : future.isDone() && !future.isCompletedExceptionally() ? future.join() : null;
    }

    /** The connection; waits until it is open, and tries anew after a failure. */
    public Connection get() throws SQLException {
        var future = connecting;
        if (future == null || future.isCompletedExceptionally()) {
            future = new CompletableFuture<>();
            connecting = future;
            open(future);
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new SQLException("ERROR 57014: cancelled while connecting", "57014", e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /** Leaves this engine for another; the old connection is closed first. */
    public void reconnect(String newUrl) throws SQLException {
        close();
        url = newUrl;
        get();
    }

    /** Ends the connection without waiting for its jobs. Any thread. */
    public void abort() {
        var connection = ifOpen();
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // The process is about to end: the engine then ends with it.
                System.err.println(e.getMessage());
            }
        }
    }

    /** Closes the connection if there is one; may wait for jobs, and fails if one of them did. */
    @Override
    public void close() throws SQLException {
        var future = connecting;
        connecting = null;
        if (future != null && !future.isCompletedExceptionally()) {
            try {
                future.get().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                throw unwrapped(e);
            }
        }
    }

    private void open(CompletableFuture<Connection> future) {
        try {
            future.complete(opener.open(url, properties));
        } catch (SQLException | RuntimeException | LinkageError e) {
            future.completeExceptionally(e);
        }
    }

    private static void warmUp(Connection connection) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(WARM_UP)) {
            while (rows.next()) {
                // Reading to the end is part of the warm-up.
            }
        } catch (SQLException e) {
            // Whatever is wrong, the user's first statement meets it too and shows it.
            return;
        }
    }

    private static SQLException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof SQLException error) {
            return error;
        }
        if (cause instanceof RuntimeException error) {
            throw error;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new AssertionError(cause);
    }
}
