package io.sabot.server.session;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobStatus;
import io.sabot.executor.job.ResultQueue;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of a running query. Ends it when it is closed. */
final class QueryCursor implements ResultCursor {
    private final String id;
    private final Schema schema;
    private final JobExecution execution;
    private final ResultQueue results;
    private final Consumer<QueryCursor> onClose;
    private volatile boolean cancelled;
    private boolean done;
    private boolean closed;

    QueryCursor(String id, Schema schema, JobExecution execution, Consumer<QueryCursor> onClose) {
        this.id = id;
        this.schema = schema;
        this.execution = execution;
        this.results = execution.results().orElseThrow();
        this.onClose = onClose;
    }

    @Override
    public String queryId() {
        return id;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch poll(long waitMillis) {
        if (cancelled) {
            throw cancelledError();
        }
        boolean ended = results.isEnded();
        Batch batch = results.poll(waitMillis);
        if (batch != null) {
            if (cancelled) {
                batch.close();
                throw cancelledError();
            }
            return batch;
        }
        if (ended) {
            finish();
        }
        return null;
    }

    private void finish() {
        done = true;
        execution.failure().ifPresent(failure -> {
            throw failure;
        });
        if (cancelled || execution.status() == JobStatus.CANCELLED) {
            throw cancelledError();
        }
    }

    private static SabotException cancelledError() {
        return SabotException.of(ErrorCode.QUERY_CANCELLED, "the query was cancelled");
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public void cancel() {
        cancelled = true;
        execution.cancel();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            done = true;
            execution.close();
            onClose.accept(this);
        }
    }
}
