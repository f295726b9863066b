package io.sabot.server.session;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobStatus;
import io.sabot.executor.job.ResultQueue;
import io.sabot.parser.error.SabotException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A query, or a statement that ends by itself, as it runs: one execution of its plan. Where the session asks for restarts
 * there are several, each from the checkpoint behind which the one before stopped; together they read and give what one
 * would have.
 *
 * <p>One thread polls or awaits, any may cancel. Rows that were polled are closed before {@link #close}.
 */
final class PlanRun implements AutoCloseable {
    private final Deque<Supplier<JobExecution>> waiting;
    private final List<JobExecution> begun = new CopyOnWriteArrayList<>();
    private final Optional<ScratchDirectory> checkpoints;
    private volatile JobExecution current;
    private volatile boolean cancelled;

    /**
     * Starts the first execution.
     *
     * @param executions each started when the one before has stopped
     * @param checkpoints what they go on from; deleted behind the last
     */
    PlanRun(List<Supplier<JobExecution>> executions, Optional<ScratchDirectory> checkpoints) {
        this.waiting = new ArrayDeque<>(executions);
        this.checkpoints = checkpoints;
        try {
            this.current = waiting.remove().get();
        } catch (RuntimeException | Error e) {
            checkpoints.ifPresent(ScratchDirectory::close);
            throw e;
        }
        begun.add(current);
    }

    private boolean goesOn() {
        return current.status() == JobStatus.STOPPED && !waiting.isEmpty() && !cancelled;
    }

    private void goOn() {
        current = waiting.remove().get();
        begun.add(current);
        if (cancelled) {
            current.cancel();
        }
    }

    private static ResultQueue results(JobExecution execution) {
        return execution.results().orElseThrow();
    }

    /** The next rows, owned by the caller; null when none came in time or none will come. */
    @Nullable
    Batch poll(long waitMillis) {
        ResultQueue results = results(current);
        boolean isOver = results.isEnded();
        Batch batch = results.poll(isOver ? 0 : waitMillis);
        if (batch == null && isOver && goesOn()) {
            goOn();
        }
        return batch;
    }

    /** Whether there will be no rows but those that wait to be polled. */
    boolean hasEnded() {
        return results(current).isEnded() && !goesOn();
    }

    /** Waits for the end. */
    void await() {
        try {
            current.await();
            while (goesOn()) {
                goOn();
                current.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
        }
    }

    boolean wasCancelled() {
        return cancelled || current.status() == JobStatus.CANCELLED;
    }

    Optional<SabotException> failure() {
        return current.failure();
    }

    /** A counter of all operators and executions. */
    long total(String counter) {
        return begun.stream()
                .mapToLong(execution -> execution.metrics().total(counter))
                .sum();
    }

    /** Counters of all executions, by operator and name. */
    Map<String, Map<String, Long>> counters() {
        Map<String, Map<String, Long>> all = new HashMap<>();
        begun.forEach(execution -> execution
                .metrics()
                .snapshot()
                .forEach((operator, counters) -> counters.forEach((name, value) ->
                        all.computeIfAbsent(operator, key -> new HashMap<>()).merge(name, value, Long::sum))));
        return all;
    }

    void cancel() {
        cancelled = true;
        current.cancel();
    }

    @Override
    public void close() {
        begun.forEach(JobExecution::close);
        checkpoints.ifPresent(ScratchDirectory::close);
    }
}
