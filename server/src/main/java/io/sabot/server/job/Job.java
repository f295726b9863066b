package io.sabot.server.job;

import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobMetrics;
import io.sabot.parser.error.SabotException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One job, running or not. Changed by {@link Jobs} only; reading is safe for any thread. */
public final class Job {
    private final String name;
    private final Instant created;
    private JobDefinition definition;
    private JobPhase phase = JobPhase.RUNNING;
    private int restarts;
    private @Nullable JobExecution execution;
    private @Nullable SabotException failure;
    private @Nullable JobMetrics lastMetrics;

    Job(JobDefinition definition, Instant created) {
        this.name = definition.name();
        this.definition = definition;
        this.created = created;
    }

    /** What it is made from. */
    public synchronized JobDefinition definition() {
        return definition;
    }

    /** Unique name. */
    public String name() {
        return name;
    }

    /** Changes what the next run is made from. */
    synchronized void redefine(JobDefinition next) {
        definition = next;
    }

    /** When it was started first in this process. */
    public Instant created() {
        return created;
    }

    /** Where it stands. */
    public synchronized JobPhase phase() {
        return phase;
    }

    /** How often it was started again after a failure. */
    public synchronized int restarts() {
        return restarts;
    }

    /** Why it failed last. */
    public synchronized Optional<SabotException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Rows that its sinks have written in this run. */
    public synchronized long rowsWritten() {
        return lastMetrics == null ? 0 : lastMetrics.total(JobExecution.ROWS_WRITTEN);
    }

    /** Counters of this run, or of the last. */
    public synchronized Optional<JobMetrics> metrics() {
        return Optional.ofNullable(lastMetrics);
    }

    /** Number of the last complete checkpoint of this run. */
    public synchronized long lastCheckpoint() {
        return execution == null ? 0 : execution.lastCheckpoint();
    }

    synchronized void running(JobExecution newExecution) {
        execution = newExecution;
        lastMetrics = newExecution.metrics();
        phase = JobPhase.RUNNING;
    }

    /** Its present run; empty when it does not run. */
    public synchronized Optional<JobExecution> execution() {
        return Optional.ofNullable(execution);
    }

    synchronized void restarting(SabotException cause) {
        failure = cause;
        execution = null;
        restarts++;
        phase = JobPhase.RESTARTING;
    }

    synchronized void ended(JobPhase newPhase, @Nullable SabotException cause) {
        execution = null;
        phase = newPhase;
        if (cause != null) {
            failure = cause;
        }
        notifyAll();
    }

    /** Waits until the job is over, or paused; returns whether it is. */
    public synchronized boolean await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!phase.isOver() && phase != JobPhase.PAUSED) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
