package io.sabot.server.avatica;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.server.session.ResultCursor;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Rows that a test puts in, whenever it likes; ends when told so, or never. */
final class FakeCursor implements ResultCursor {
    private static final Object END = new Object();
    private static final Object WAKE = new Object();

    private final String id = UUID.randomUUID().toString();
    private final Schema schema;
    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final Runnable onClose;
    private final AtomicInteger polls = new AtomicInteger();
    private volatile boolean cancelled;
    private volatile boolean done;
    private volatile boolean closed;

    FakeCursor(Schema schema, Runnable onClose) {
        this.schema = schema;
        this.onClose = onClose;
    }

    FakeCursor put(Batch batch) {
        queue.add(batch);
        return this;
    }

    FakeCursor fail(SabotException failure) {
        queue.add(failure);
        return this;
    }

    FakeCursor end() {
        queue.add(END);
        return this;
    }

    /** Waits until somebody has waited for rows so many times, the present one included. */
    void awaitPolls(int count) {
        synchronized (polls) {
            while (polls.get() < count) {
                try {
                    polls.wait();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    boolean isClosed() {
        return closed;
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
        assert !closed;
        synchronized (polls) {
            polls.incrementAndGet();
            polls.notifyAll();
        }
        Object next = null;
        try {
            next = cancelled || done ? null : queue.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (cancelled) {
            if (next instanceof Batch batch) {
                batch.close();
            }
            throw SabotException.of(ErrorCode.QUERY_CANCELLED, "the query was cancelled");
        }
        if (next instanceof SabotException failure) {
            throw failure;
        }
        if (next == END) {
            done = true;
            return null;
        }
        if (queue.peek() == END) {
            done = true;
        }
        return (Batch) next;
    }

    @Override
    public boolean done() {
        if (queue.peek() == END) {
            done = true;
        }
        return done;
    }

    @Override
    public void cancel() {
        cancelled = true;
        queue.add(WAKE);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            for (Object left = queue.poll(); left != null; left = queue.poll()) {
                if (left instanceof Batch batch) {
                    batch.close();
                }
            }
            onClose.run();
        }
    }
}
