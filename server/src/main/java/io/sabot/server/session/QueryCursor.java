package io.sabot.server.session;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of a running query. Ends it when it is closed. */
final class QueryCursor implements ResultCursor {
    private final String id;
    private final Schema schema;
    private final PlanRun run;
    private final Consumer<QueryCursor> onClose;
    private volatile boolean cancelled;
    private boolean done;
    private boolean closed;

    QueryCursor(String id, Schema schema, PlanRun run, Consumer<QueryCursor> onClose) {
        this.id = id;
        this.schema = schema;
        this.run = run;
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
        boolean ended = run.hasEnded();
        Batch batch = run.poll(waitMillis);
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
        run.failure().ifPresent(failure -> {
            throw failure;
        });
        if (cancelled || run.wasCancelled()) {
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
        run.cancel();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            done = true;
            run.close();
            onClose.accept(this);
        }
    }
}
