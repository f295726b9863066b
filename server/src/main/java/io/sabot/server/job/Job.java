package io.sabot.server.job;

import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobMetrics;
import io.sabot.parser.error.SabotException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One job, running or not. Changed by {@link Jobs} only; reading is safe for any thread. */
public final class Job {
    private final String name;
    private final Instant created;
    private JobDefinition definition;
    private JobPhase phase = JobPhase.RUNNING;
    private Wanted wanted = Wanted.RUN;
    private Wanted atClose = Wanted.RUN;
    private boolean watched;
    private int restarts;
    private @Nullable JobExecution execution;
    private @Nullable SabotException failure;
    private @Nullable JobMetrics lastMetrics;

    /** What is to become of a job, the stronger the later. */
    enum Wanted {
        RUN,
        PAUSE,
        CANCEL
    }

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

    /** A thread follows it from now on, until {@link #ended}. A run that is not wanted any more is told so at once. */
    synchronized void running(JobExecution newExecution) {
        execution = newExecution;
        lastMetrics = newExecution.metrics();
        phase = JobPhase.RUNNING;
        watched = true;
        tellRun();
        notifyAll();
    }

    /** Whether no thread follows it though it is not over: it is paused, or waits for the engine to be opened. */
    synchronized boolean isAtRest() {
        return !watched && !phase.isOver();
    }

    /** A thread is about to follow it. */
    synchronized void watched() {
        watched = true;
    }

    private void tellRun() {
        Wanted end = wanted.compareTo(atClose) >= 0 ? wanted : atClose;
        if (execution != null && end == Wanted.CANCEL) {
            execution.cancel();
        } else if (execution != null && end == Wanted.PAUSE) {
            execution.stop();
        }
    }

    /**
     * A user wants it to end. It is remembered: whatever its run comes to meanwhile, the job does not go on.
     *
     * @return whether a thread follows the job and will end it; if not, nothing has changed
     */
    synchronized boolean want(Wanted end) {
        if (watched) {
            wanted = end.compareTo(wanted) > 0 ? end : wanted;
            tellRun();
            notifyAll();
        }
        return watched;
    }

    /** What its users want. */
    synchronized Wanted wanted() {
        return wanted;
    }

    /** A user wants it to go on. */
    synchronized void wantRun() {
        wanted = Wanted.RUN;
    }

    /** The engine closes: ends the run, and is none of the users' wishes. */
    synchronized void closeWith(Wanted end) {
        atClose = end;
        tellRun();
        notifyAll();
    }

    /** Whether it ends only because the engine closes. */
    synchronized boolean endsWithEngine() {
        return wanted == Wanted.RUN && atClose != Wanted.RUN;
    }

    /** Its present run; empty when it does not run. */
    public synchronized Optional<JobExecution> execution() {
        return Optional.ofNullable(execution);
    }

    /**
     * Waits before the next run.
     *
     * @return whether there is to be one; false at once when a user, or the engine, wants the job to end
     */
    synchronized boolean restarting(SabotException cause, Duration pause) throws InterruptedException {
        failure = cause;
        execution = null;
        phase = JobPhase.RESTARTING;
        watched = true;
        notifyAll();
        long deadline = System.nanoTime() + pause.toNanos();
        while (wanted == Wanted.RUN && atClose == Wanted.RUN) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                restarts++;
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return false;
    }

    synchronized void ended(JobPhase newPhase, @Nullable SabotException cause) {
        execution = null;
        phase = newPhase;
        watched = false;
        if (cause != null) {
            failure = cause;
        }
        notifyAll();
    }

    /** Waits until the job is over, or paused; returns whether it is. */
    public synchronized boolean await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (watched) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
