package io.sabot.server.job;

import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobStatus;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the thread of a job does: waits for the end of its run, starts it again after failures of the outside world with
 * growing pauses, and ends it. Nothing else ends a job that has such a thread, and the thread never leaves it without an end.
 */
final class JobWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int RESTARTS_MAX = 10;

    private final Job job;
    private final Optional<JobStore> store;
    private final Supplier<JobExecution> first;
    private final Supplier<JobExecution> again;
    private final Duration firstPause;

    /** How a run ended, or why there was none. */
    private record Ending(JobStatus status, Optional<SabotException> failure, boolean progressed) {
        static Ending of(JobExecution run) {
            return new Ending(run.status(), run.failure(), run.hasCommitted());
        }

        static Ending failed(Throwable cause) {
            return new Ending(JobStatus.FAILED, Optional.of(asSabotException(cause)), false);
        }
    }

    /**
     * Follows a job.
     *
     * @param store where the job is kept, if it is
     * @param first gives its first run, or throws why there is none
     * @param again starts a further run
     */
    JobWatch(
            Job job,
            Optional<JobStore> store,
            Supplier<JobExecution> first,
            Supplier<JobExecution> again,
            Duration firstPause) {
        this.job = job;
        this.store = store;
        this.first = first;
        this.again = again;
        this.firstPause = firstPause;
    }

    @Override
    public void run() {
        Ending ending;
        try {
            ending = follow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            job.ended(JobPhase.CANCELLED, null);
            return;
        } catch (RuntimeException | Error e) {
            LOG.error("job_watch_failed job={}", job.name(), e);
            ending = Ending.failed(e);
        }
        end(ending);
    }

    private Ending follow() throws InterruptedException {
        Ending ending = await(first);
        Duration pause = firstPause;
        int inVain = 0;
        while (ending.failure().isPresent() && mayPass(job, ending.failure().get())) {
            if (ending.progressed()) {
                inVain = 0;
                pause = firstPause;
            }
            String error = ending.failure().get().what();
            if (inVain == RESTARTS_MAX) {
                LOG.error("job_given_up job={} restarts={} error={}", job.name(), inVain, error);
                break;
            }
            LOG.warn("job_restarts job={} pause={} error={}", job.name(), pause, error);
            if (!job.restarting(ending.failure().get(), pause)) {
                break;
            }
            inVain++;
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            ending = await(again);
        }
        return ending;
    }

    private Ending await(Supplier<JobExecution> start) throws InterruptedException {
        try (JobExecution run = start.get()) {
            run.await();
            return Ending.of(run);
        } catch (RuntimeException e) {
            SabotException failure = asSabotException(e);
            if (failure.code().side() == ErrorCode.Side.INTERNAL) {
                LOG.error("job_not_started job={} error={}", job.name(), failure.what(), failure);
            } else if (!mayPass(job, failure)) {
                LOG.error("job_not_started job={} error={}", job.name(), failure.what());
            }
            return Ending.failed(failure);
        }
    }

    /** Whether a job that failed so may go on later without anybody changing it. */
    static boolean mayPass(Job job, SabotException failure) {
        return job.definition().continuous() && failure.code().side() == ErrorCode.Side.EXTERNAL;
    }

    private JobPhase phaseAfter(Ending ending) {
        Job.Wanted wanted = job.wanted();
        boolean mayPass = ending.failure().filter(e -> mayPass(job, e)).isPresent();
        return switch (ending.status()) {
            case FINISHED -> JobPhase.FINISHED;
            case CANCELLED -> JobPhase.CANCELLED;
            case STOPPED -> wanted == Job.Wanted.CANCEL ? JobPhase.CANCELLED : JobPhase.PAUSED;
            case FAILED -> {
                if (wanted == Job.Wanted.CANCEL) {
                    yield JobPhase.CANCELLED;
                }
                if (mayPass && wanted == Job.Wanted.PAUSE) {
                    yield JobPhase.PAUSED;
                }
                yield mayPass && job.endsWithEngine() ? JobPhase.RESTARTING : JobPhase.FAILED;
            }
            case RUNNING -> throw new AssertionError("the run has ended");
        };
    }

    private void end(Ending ending) {
        JobPhase phase = JobPhase.FAILED;
        SabotException failure = ending.failure().orElse(null);
        try {
            phase = phaseAfter(ending);
            save(phase);
        } catch (RuntimeException e) {
            LOG.error("job_not_saved job={} phase={} error={}", job.name(), phase, e.getMessage(), e);
            failure = with(failure, asSabotException(e));
        } finally {
            job.ended(phase, failure);
        }
    }

    /** What ends with the engine stands in the store as running, and goes on when the engine is opened again. */
    private void save(JobPhase phase) {
        boolean goesOn = job.endsWithEngine() && phase != JobPhase.FAILED && phase != JobPhase.FINISHED;
        if (store.isEmpty() || goesOn) {
            return;
        }
        if (phase == JobPhase.FINISHED || phase == JobPhase.CANCELLED) {
            store.get().delete(job.name());
        } else {
            store.get().save(job.definition(), phase);
        }
    }

    private static SabotException with(@Nullable SabotException failure, SabotException further) {
        if (failure == null) {
            return further;
        }
        failure.addSuppressed(further);
        return failure;
    }

    /** The failure in the form that is shown to users. */
    static SabotException asSabotException(Throwable e) {
        return e instanceof SabotException known
                ? known
                : SabotException.of(ErrorCode.INTERNAL_ERROR, "internal error: " + e)
                        .causedBy(e);
    }
}
