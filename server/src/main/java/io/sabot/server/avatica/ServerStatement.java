package io.sabot.server.avatica;

import io.sabot.server.session.PreparedStatementInfo;
import org.jspecify.annotations.Nullable;

/** A client's statement: what was prepared, and the rows that are open. */
final class ServerStatement implements AutoCloseable {
    /** What a client has prepared. */
    record Prepared(String sql, PreparedStatementInfo info) {}

    private final int id;
    private final @Nullable Prepared prepared;
    private volatile boolean killed;
    private @Nullable OpenResult result;

    ServerStatement(int id, @Nullable Prepared prepared) {
        this.id = id;
        this.prepared = prepared;
    }

    int id() {
        return id;
    }

    @Nullable
    Prepared prepared() {
        return prepared;
    }

    /** A new execution begins: rows of the last one are dropped. */
    void begin() {
        close();
        killed = false;
    }

    boolean isKilled() {
        return killed;
    }

    synchronized void open(OpenResult newResult) {
        result = newResult;
        if (killed) {
            newResult.cancel();
        }
    }

    synchronized @Nullable OpenResult result() {
        return result;
    }

    /** Ends what runs, from any thread. Rows stay open, so that the client learns of it when it asks for more. */
    void kill() {
        killed = true;
        OpenResult open = result();
        if (open != null) {
            open.cancel();
        }
    }

    /** Drops the rows; the statement may run again. */
    @Override
    public void close() {
        OpenResult open;
        synchronized (this) {
            open = result;
            result = null;
        }
        if (open != null) {
            open.close();
        }
    }
}
