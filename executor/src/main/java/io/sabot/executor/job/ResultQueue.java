package io.sabot.executor.job;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.exchange.Cancellation;
import io.sabot.executor.exchange.Channel;
import io.sabot.executor.exchange.Element;
import io.sabot.executor.exchange.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query on their way to the client. The query's last task puts, blocking when the client is slow; the client's
 * thread polls.
 */
public final class ResultQueue {
    private static final int CAPACITY = 16;

    private final Signal signal = new Signal();
    private final Channel channel;
    private volatile boolean ended;

    ResultQueue(Cancellation cancellation) {
        channel = new Channel(CAPACITY, signal, cancellation);
    }

    /** Hands rows to the client; owns them from here. The sink task's thread. */
    void put(Batch batch) {
        channel.put(batch);
    }

    /** No task will put anything any more. */
    void end() {
        ended = true;
        signal.set();
    }

    /** The next rows, owned by the caller; null when none came in time or none will come. */
    public @Nullable Batch poll(long waitMillis) {
        long deadline = System.nanoTime() + waitMillis * 1_000_000;
        while (true) {
            boolean wasEnded = ended;
            Element element = channel.poll();
            if (element instanceof Element.Rows rows) {
                return rows.batch();
            }
            long left = deadline - System.nanoTime();
            if (wasEnded || left <= 0) {
                return null;
            }
            signal.await(left);
        }
    }

    /** Whether the query has ended and every row has been polled or dropped. */
    public boolean isEnded() {
        return ended;
    }

    /** Closes rows that nobody polled. After the tasks have ended. */
    void drain() {
        channel.drain();
    }
}
