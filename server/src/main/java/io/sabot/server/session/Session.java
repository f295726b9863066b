package io.sabot.server.session;

import io.sabot.catalog.CatalogReader;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's view of an engine: settings, current catalog and database, temporary objects, open statements.
 *
 * <p>Every failure is a {@link io.sabot.parser.error.SabotException}.
 */
public interface Session extends AutoCloseable {
    /** Unguessable name. */
    String id();

    /**
     * Runs one statement and returns when it is done or when its rows begin to come.
     *
     * @param sql one statement, with or without a semicolon; positions in errors count in this text
     * @param parameters values for {@code ?}, as {@link ResultValues} gives values
     */
    StatementResult execute(String sql, List<@Nullable Object> parameters);

    /** Looks at a statement without running it. */
    PreparedStatementInfo prepare(String sql);

    /** The catalogs as this session sees them, for metadata calls. */
    CatalogReader catalog();

    /** Cancels a running query of this session, from any thread; does nothing when it has ended. */
    void cancel(String queryId);

    /**
     * Cancels the statement that {@link #execute} is running now, from any thread: execute then throws 57014. Does nothing
     * when none is running.
     */
    void cancelExecuting();

    /** The zone in which TIMESTAMP_LTZ values are shown, as {@code table.local-time-zone} says now. */
    ZoneId timeZone();

    /**
     * Waits up to {@code waitMillis} for the jobs that this session started to end; may be called while others execute.
     *
     * @return whether none of them is running any more
     */
    boolean awaitJobs(long waitMillis);

    /** The jobs that this session started and that have failed for good, the first failure first. */
    List<JobFailure> failedJobs();

    /** Cancels open queries, drops temporary objects. Jobs that were started live on. */
    @Override
    void close();
}
