package io.sabot.server.job;

import io.sabot.catalog.Guess;
import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobStatus;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of an engine. Each running job has a thread that waits for its end and starts it again after failures of the
 * outside world, with growing pauses. One failing job never touches another.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int RESTARTS_MAX = 10;

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Optional<JobStore> store;
    private final Starter starter;
    private final CountDownLatch closing = new CountDownLatch(1);
    private int lastNumber;

    /** Plans and starts a job. */
    @FunctionalInterface
    public interface Starter {
        /** Starts a run; {@code checkpoints} is where it keeps them, empty when it keeps none. */
        JobExecution start(JobDefinition definition, Optional<Path> checkpoints);
    }

    /** The jobs below {@code directory}, or in memory. Those that ran before do not run before {@link #resumeAll}. */
    public Jobs(Optional<Path> directory, Starter starter) {
        this.store = directory.map(JobStore::new);
        this.starter = starter;
        store.ifPresent(saved -> saved.load().forEach(this::remember));
    }

    private void remember(JobStore.Saved saved) {
        Job job = new Job(saved.definition(), Instant.now());
        job.ended(saved.phase() == JobPhase.RUNNING ? JobPhase.RESTARTING : saved.phase(), null);
        jobs.put(job.name(), job);
    }

    /** Starts what was running when the engine was closed or died. */
    public synchronized void resumeAll() {
        for (Job job : jobs.values()) {
            if (job.phase() == JobPhase.RESTARTING) {
                try {
                    supervise(job, run(job));
                } catch (SabotException e) {
                    LOG.error(
                            "job_not_resumed job={} error={} cause={}",
                            job.name(),
                            e.what(),
                            e.why().orElse(""));
                    job.ended(JobPhase.FAILED, e);
                } catch (RuntimeException e) {
                    LOG.error("job_not_resumed job={} error={}", job.name(), e.getMessage(), e);
                    job.ended(JobPhase.FAILED, asSabotException(e));
                }
            }
        }
    }

    /** A name that no job has: the wish if it is free, else one made from it. */
    public synchronized String freeName(String wish) {
        String name = wish;
        while (jobs.containsKey(name) || name.isEmpty()) {
            lastNumber++;
            name = (wish.isEmpty() ? "job" : wish) + "-" + lastNumber;
        }
        return name;
    }

    /** Starts a new job. Throws what is found wrong before its first row. */
    public synchronized Job start(JobDefinition definition) {
        Job job = new Job(definition, Instant.now());
        store.filter(saved -> definition.continuous()).ifPresent(saved -> saved.save(definition, JobPhase.RUNNING));
        JobExecution execution;
        try {
            execution = run(job);
        } catch (RuntimeException e) {
            store.ifPresent(saved -> saved.delete(definition.name()));
            throw e;
        }
        jobs.put(job.name(), job);
        supervise(job, execution);
        return job;
    }

    private JobExecution run(Job job) {
        Optional<Path> checkpoints =
                store.filter(saved -> job.definition().continuous()).map(saved -> saved.directoryOf(job.name()));
        JobExecution execution = starter.start(job.definition(), checkpoints);
        job.running(execution);
        return execution;
    }

    private void supervise(Job job, JobExecution first) {
        Thread thread = new Thread(() -> watch(job, first), "sabot-job-" + job.name());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void watch(Job job, JobExecution first) {
        JobExecution execution = first;
        Duration pause = FIRST_PAUSE;
        while (true) {
            try (JobExecution run = execution) {
                run.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                job.ended(JobPhase.CANCELLED, null);
                return;
            }
            Optional<SabotException> failure = execution.failure();
            if (failure.isEmpty() || !mayRestart(job, failure.get())) {
                end(job, execution.status(), failure);
                return;
            }
            job.restarting(failure.get());
            LOG.warn(
                    "job_restarts job={} pause={} error={}",
                    job.name(),
                    pause,
                    failure.get().what());
            Optional<JobExecution> next = restart(job, pause);
            if (next.isEmpty()) {
                return;
            }
            execution = next.get();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static boolean mayRestart(Job job, SabotException failure) {
        return job.definition().continuous()
                && failure.code().side() == ErrorCode.Side.EXTERNAL
                && job.restarts() < RESTARTS_MAX;
    }

    private Optional<JobExecution> restart(Job job, Duration pause) {
        try {
            if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS) || job.phase() != JobPhase.RESTARTING) {
                return Optional.empty();
            }
            synchronized (this) {
                return Optional.of(run(job));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException e) {
            job.ended(JobPhase.FAILED, asSabotException(e));
            return Optional.empty();
        }
    }

    private void end(Job job, JobStatus status, Optional<SabotException> failure) {
        JobPhase phase = switch (status) {
            case FAILED -> JobPhase.FAILED;
            case FINISHED -> JobPhase.FINISHED;
            case STOPPED -> JobPhase.PAUSED;
            case CANCELLED -> JobPhase.CANCELLED;
            case RUNNING -> throw new AssertionError("the run has ended");
        };
        boolean engineCloses = closing.getCount() == 0 && (phase == JobPhase.PAUSED || phase == JobPhase.CANCELLED);
        if (!engineCloses) {
            store.filter(saved -> job.definition().continuous()).ifPresent(saved -> {
                if (phase == JobPhase.FINISHED || phase == JobPhase.CANCELLED) {
                    saved.delete(job.name());
                } else {
                    saved.save(job.definition(), phase);
                }
            });
        }
        job.ended(phase, failure.orElse(null));
    }

    private static SabotException asSabotException(RuntimeException e) {
        return e instanceof SabotException known
                ? known
                : SabotException.of(ErrorCode.INTERNAL_ERROR, "internal error: " + e)
                        .causedBy(e);
    }

    /** All jobs, in the order in which they were started. */
    public synchronized List<Job> list() {
        return List.copyOf(jobs.values());
    }

    /** A job by its name; 42704 when there is none. */
    public synchronized Job get(String name) {
        Job job = jobs.get(name);
        if (job == null) {
            throw SabotException.of(ErrorCode.UNDEFINED_OBJECT, "job '" + name + "' does not exist")
                    .why(jobs.isEmpty() ? "there are no jobs" : "there is " + String.join(", ", jobs.keySet()))
                    .hint(Guess.closest(name, jobs.keySet())
                            .map(guess -> "did you mean '" + guess + "'?")
                            .orElse("SHOW JOBS lists them"));
        }
        return job;
    }

    /** A job by its name. */
    public synchronized Optional<Job> find(String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    /** Forgets a job that has ended. */
    public synchronized void forget(String name) {
        Job job = jobs.get(name);
        if (job != null && (job.phase().isOver() || job.phase() == JobPhase.PAUSED)) {
            jobs.remove(name);
            store.ifPresent(saved -> saved.delete(name));
        }
    }

    /** Ends a job without a checkpoint; it does not come back. */
    public void cancel(String name) {
        Job job = get(name);
        Optional<JobExecution> execution = job.execution();
        if (execution.isPresent()) {
            execution.get().cancel();
            awaitOver(job);
        } else if (!job.phase().isOver()) {
            store.ifPresent(saved -> saved.delete(name));
            job.ended(JobPhase.CANCELLED, null);
        }
    }

    /** Stops a job behind a checkpoint; {@link #resume} goes on from it. */
    public void pause(String name) {
        Job job = get(name);
        job.execution()
                .orElseThrow(() -> SabotException.of(ErrorCode.INVALID_STATE, "job '" + name + "' is not running")
                        .why("it is " + job.phase().name().toLowerCase(Locale.ROOT)))
                .stop();
        awaitOver(job);
    }

    /**
     * Starts a paused or failed job again from its last checkpoint.
     *
     * @param settings that take the place of those it was started with
     */
    public synchronized void resume(String name, Map<String, String> settings) {
        Job job = get(name);
        if (job.phase() != JobPhase.PAUSED && job.phase() != JobPhase.FAILED) {
            throw SabotException.of(ErrorCode.INVALID_STATE, "job '" + name + "' cannot be resumed")
                    .why("it is " + job.phase().name().toLowerCase(Locale.ROOT));
        }
        job.redefine(job.definition().with(settings));
        store.ifPresent(saved -> saved.save(job.definition(), JobPhase.RUNNING));
        supervise(job, run(job));
    }

    private static void awaitOver(Job job) {
        try {
            while (!job.await(1000)) {
                LOG.debug("job_ending job={}", job.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops durable jobs behind a checkpoint, cancels the others, waits for all. */
    @Override
    public void close() {
        closing.countDown();
        for (Job job : list()) {
            job.execution().ifPresent(execution -> {
                if (store.isPresent() && job.definition().continuous()) {
                    execution.stop();
                } else {
                    execution.cancel();
                }
            });
        }
        for (Thread thread : snapshotOfThreads()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized List<Thread> snapshotOfThreads() {
        return List.copyOf(threads);
    }
}
