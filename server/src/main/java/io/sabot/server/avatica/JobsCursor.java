package io.sabot.server.avatica;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.server.session.JobFailure;
import io.sabot.server.session.ResultCursor;
import io.sabot.server.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives no row, and ends when the jobs of a session have ended; fails as the first job that failed. */
final class JobsCursor implements ResultCursor {
    /** How often a wait looks whether it was cancelled. */
    private static final long SLICE_MILLIS = 50;

    private final Session session;
    private volatile boolean cancelled;
    private boolean done;

    JobsCursor(Session session) {
        this.session = session;
    }

    @Override
    public String queryId() {
        return "";
    }

    @Override
    public Schema schema() {
        return Schema.of(new Field("job", AtomicType.STRING));
    }

    @Override
    public @Nullable Batch poll(long waitMillis) {
        long left = waitMillis;
        do {
            if (cancelled) {
                throw SabotException.of(ErrorCode.QUERY_CANCELLED, "waiting for jobs was cancelled");
            }
            done = session.awaitJobs(Math.min(left, SLICE_MILLIS));
            left -= SLICE_MILLIS;
        } while (!done && left > 0);
        if (done) {
            List<JobFailure> failed = session.failedJobs();
            if (!failed.isEmpty()) {
                throw Problems.of(failed.get(0).cause(), failed.get(0).sql());
            }
        }
        return null;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {}
}
