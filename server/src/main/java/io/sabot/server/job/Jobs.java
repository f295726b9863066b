package io.sabot.server.job;

import io.sabot.catalog.Guess;
import io.sabot.executor.job.JobExecution;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of an engine. Each job that runs, or will run again, has a thread ({@link JobWatch}) that alone ends it:
 * {@link #cancel} and {@link #pause} note in the job what is wanted and wait. One failing job never touches another.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Optional<JobStore> store;
    private final Starter starter;
    private final Duration firstPause;
    private int lastNumber;

    /** Plans and starts a job. */
    @FunctionalInterface
    public interface Starter {
        /** Starts a run; {@code checkpoints} is where it keeps them, empty when it keeps none. */
        JobExecution start(JobDefinition definition, Optional<Path> checkpoints);
    }

    /** The jobs below {@code directory}, or in memory. Those that ran before do not run before {@link #resumeAll}. */
    public Jobs(Optional<Path> directory, Starter starter) {
        this(directory, starter, FIRST_PAUSE);
    }

    Jobs(Optional<Path> directory, Starter starter, Duration firstPause) {
        this.firstPause = firstPause;
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
                    JobExecution execution = run(job);
                    supervise(job, () -> execution);
                } catch (RuntimeException e) {
                    notResumed(job, JobWatch.asSabotException(e));
                }
            }
        }
    }

    /** What may pass is tried again later. All else waits for a user, or for the next start of the engine. */
    private void notResumed(Job job, SabotException failure) {
        if (JobWatch.mayPass(job, failure)) {
            supervise(job, () -> {
                throw failure;
            });
        } else {
            String cause = failure.why().orElse("");
            if (failure.code().side() == ErrorCode.Side.INTERNAL) {
                LOG.error("job_not_resumed job={} error={} cause={}", job.name(), failure.what(), cause, failure);
            } else {
                LOG.error("job_not_resumed job={} error={} cause={}", job.name(), failure.what(), cause);
            }
            job.ended(JobPhase.FAILED, failure);
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
            storeAfter(e, saved -> saved.delete(definition.name()));
            throw e;
        }
        jobs.put(job.name(), job);
        supervise(job, () -> execution);
        return job;
    }

    private JobExecution run(Job job) {
        JobExecution execution =
                starter.start(job.definition(), storeOf(job).map(saved -> saved.directoryOf(job.name())));
        job.running(execution);
        return execution;
    }

    /** What else goes wrong is attached to the failure. */
    private void storeAfter(RuntimeException failure, Consumer<JobStore> change) {
        try {
            store.ifPresent(change);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private Optional<JobStore> storeOf(Job job) {
        return store.filter(saved -> job.definition().continuous());
    }

    private void supervise(Job job, Supplier<JobExecution> first) {
        job.watched();
        JobWatch watch = new JobWatch(job, storeOf(job), first, () -> run(job), firstPause);
        Thread thread = new Thread(watch, "sabot-job-" + job.name());
        thread.setDaemon(true);
        threads.removeIf(past -> !past.isAlive());
        threads.add(thread);
        thread.start();
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
        boolean ran = job.want(Job.Wanted.CANCEL);
        if (ran) {
            awaitOver(job);
        }
        synchronized (this) {
            // it may have come to its end, or to rest, just before the wish was there
            if (job.isAtRest() || ran && job.phase() == JobPhase.FAILED) {
                store.ifPresent(saved -> saved.delete(name));
                job.ended(JobPhase.CANCELLED, null);
            }
        }
    }

    /** Stops a job behind a checkpoint, or at the last one when it has failed; {@link #resume} goes on from it. */
    public void pause(String name) {
        Job job = get(name);
        if (!job.want(Job.Wanted.PAUSE)) {
            throw SabotException.of(ErrorCode.INVALID_STATE, "job '" + name + "' is not running")
                    .why("it is " + job.phase().name().toLowerCase(Locale.ROOT));
        }
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
        JobPhase before = job.phase();
        job.redefine(job.definition().with(settings));
        storeOf(job).ifPresent(saved -> saved.save(job.definition(), JobPhase.RUNNING));
        job.wantRun();
        JobExecution execution;
        try {
            execution = run(job);
        } catch (RuntimeException e) {
            // a failed one, which a user wants to run, is tried again when the engine is opened
            if (before == JobPhase.PAUSED && job.definition().continuous()) {
                storeAfter(e, saved -> saved.save(job.definition(), before));
            }
            throw e;
        }
        supervise(job, () -> execution);
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
        for (Job job : list()) {
            job.closeWith(storeOf(job).isPresent() ? Job.Wanted.PAUSE : Job.Wanted.CANCEL);
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
