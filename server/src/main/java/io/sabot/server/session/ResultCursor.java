package io.sabot.server.session;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import org.jspecify.annotations.Nullable;

/** Rows of one query, as they come. One thread reads; {@link #cancel} may come from any. */
public interface ResultCursor extends AutoCloseable {
    /** Unguessable name of the query, for {@code KILL QUERY} and {@link Session#cancel}. */
    String queryId();

    /** Columns. When the query is updating and its changes are asked for, the first is {@code op}. */
    Schema schema();

    /**
     * The next rows, owned by the caller. Waits up to {@code waitMillis} for the first.
     *
     * @return null when none came in time or the query has ended, see {@link #done}
     * @throws io.sabot.parser.error.SabotException if the query failed or was cancelled
     */
    @Nullable
    Batch poll(long waitMillis);

    /** Whether all rows have been given. */
    boolean done();

    /** Ends the query; a waiting {@link #poll} throws 57014. */
    void cancel();

    /** Ends the query if it runs and frees what it holds. */
    @Override
    void close();
}
