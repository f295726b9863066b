package io.sabot.executor.job;

import io.sabot.catalog.ObjectName;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.exchange.Cancellation;
import io.sabot.executor.exchange.Channel;
import io.sabot.executor.task.SourceInput;
import io.sabot.executor.task.Task;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a plan: its tasks, their threads, and a coordinator thread that ends epochs, makes checkpoints and cleans up.
 *
 * <p>Public methods may be called from any thread. {@link #close} cancels what still runs and frees everything; batches
 * taken from {@link #results} must be closed before it.
 */
public final class JobExecution implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

    /** Counter of rows that sinks have written. */
    public static final String ROWS_WRITTEN = "rows_written";

    /** Name of the counter of rows that were kept beside what the statement writes, such as late ones. */
    public static final String ROWS_WRITTEN_BESIDE = "rows_written_beside";

    private final String name;
    private final Built job;
    private final EpochCoordinator coordinator;
    private final CommittedInputs inputs;
    private final Limits limits;
    private final JobEvents events = new JobEvents();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile JobStatus status = JobStatus.RUNNING;
    private volatile @Nullable SabotException failure;
    private boolean cancelRequested;
    private boolean full;
    private int openTasks;
    private boolean closed;

    /** What {@link JobBuilder} makes of a plan. */
    record Built(
            List<Task> tasks,
            List<Channel> channels,
            Map<String, ScanRuntime> scans,
            Map<String, Sink> sinks,
            Optional<ResultQueue> results,
            JobCheckpoints state,
            JobMetrics metrics,
            Cancellation cancellation,
            BufferAllocator allocator,
            boolean publishesEpochs) {}

    /** A scan's source, the splits known so far and who reads them. */
    record ScanRuntime(Source source, List<Split> known, List<SourceInput> readers) {}

    private JobExecution(JobEnvironment environment, JobOptions options, Plan plan) {
        this.name = options.name();
        this.job = new JobBuilder(
                        environment,
                        options,
                        events.ofTasks(),
                        () -> events.add(new JobEvents.NewInput()),
                        () -> events.add(new JobEvents.Full()),
                        limit -> events.add(new JobEvents.LimitFull(limit)),
                        this::stop)
                .build(plan);
        this.inputs = new CommittedInputs(plan);
        this.limits = Limits.of(plan);
        job.state().restored().ifPresent(inputs::committed);
        this.coordinator = new EpochCoordinator(
                name,
                job.tasks(),
                job.sinks(),
                job.state(),
                environment.clock(),
                job.publishesEpochs() && !options.epochAfterEachBatch(),
                options.checkpointInterval().toNanos(),
                options.commitGap().toNanos(),
                options.epochGap().toNanos(),
                inputs::committed);
        this.openTasks = job.tasks().size();
    }

    /** Builds and starts a plan. Returns when all threads have been started; throws what is found wrong before. */
    public static JobExecution start(Plan plan, JobEnvironment environment, JobOptions options) {
        try {
            JobExecution execution = new JobExecution(environment, options, plan);
            execution.startThreads();
            return execution;
        } catch (RuntimeException | AssertionError e) {
            throw JobFailure.of(e);
        }
    }

    private void startThreads() {
        for (Task task : job.tasks()) {
            Thread thread = new Thread(task, "sabot-" + name + "-" + task.name());
            thread.setDaemon(true);
            threads.add(thread);
        }
        Thread supervisor = new Thread(this::supervise, "sabot-" + name + "-coordinator");
        supervisor.setDaemon(true);
        supervisor.start();
        threads.forEach(Thread::start);
        LOG.info("job_started job={} tasks={}", name, job.tasks().size());
    }

    /** The coordinator's thread, until all tasks are closed and sinks are committed or aborted. */
    private void supervise() {
        try {
            long nextDiscovery = discoveryNanos() == 0 ? Long.MAX_VALUE : System.nanoTime() + discoveryNanos();
            while (openTasks > 0) {
                long wait = Math.min(coordinator.tick(), TimeUnit.SECONDS.toNanos(1));
                JobEvents.Event event = events.poll(Math.max(0, wait));
                if (event != null) {
                    handle(event);
                }
                if (nextDiscovery != Long.MAX_VALUE && System.nanoTime() - nextDiscovery >= 0) {
                    discover();
                    nextDiscovery = System.nanoTime() + discoveryNanos();
                }
            }
            finish();
        } catch (Throwable e) {
            fail(e);
            awaitTasks();
        } finally {
            end();
        }
    }

    private void handle(JobEvents.Event event) {
        if (event instanceof JobEvents.NewInput) {
            coordinator.newInput();
        } else if (event instanceof JobEvents.Passed passed) {
            coordinator.passed(passed.report());
        } else if (event instanceof JobEvents.Finished finished) {
            coordinator.finished(finished.report());
        } else if (event instanceof JobEvents.Failed failed) {
            fail(failed.failure());
        } else if (event instanceof JobEvents.Full) {
            full = true;
            job.cancellation().cancel();
        } else if (event instanceof JobEvents.LimitFull reached) {
            for (String scan : limits.full(reached.limit())) {
                Objects.requireNonNull(job.scans().get(scan)).readers().forEach(SourceInput::end);
            }
        } else if (event instanceof JobEvents.Closed) {
            openTasks--;
        } else if (event instanceof JobEvents.Checkpoint) {
            coordinator.requestCheckpoint();
        } else if (event instanceof JobEvents.Stop stop) {
            if (stop.cancel()) {
                cancelRequested = true;
                job.cancellation().cancel();
            } else {
                coordinator.requestStop();
            }
        }
    }

    private long discoveryNanos() {
        return job.scans().values().stream()
                .filter(scan -> !scan.source().bounded())
                .mapToLong(scan -> scan.source().discoveryInterval().toNanos())
                .filter(nanos -> nanos > 0)
                .min()
                .orElse(0);
    }

    private void discover() {
        for (ScanRuntime scan : job.scans().values()) {
            if (!scan.source().bounded() && !scan.source().discoveryInterval().isZero()) {
                List<Split> found = scan.source().discover(scan.known());
                for (Split split : found) {
                    scan.readers()
                            .get(scan.known().size() % scan.readers().size())
                            .add(List.of(split));
                    scan.known().add(split);
                }
            }
        }
    }

    private void fail(Throwable cause) {
        if (failure == null) {
            failure = JobFailure.of(cause);
            SabotException known = failure;
            if (known.code().side() == ErrorCode.Side.INTERNAL) {
                LOG.error("job_failed job={} state={}", name, known.sqlState(), cause);
            } else {
                LOG.info("job_failed job={} state={} error={}", name, known.sqlState(), known.what());
            }
        }
        job.cancellation().cancel();
    }

    private void awaitTasks() {
        try {
            while (openTasks > 0) {
                if (events.take() instanceof JobEvents.Closed) {
                    openTasks--;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish() {
        if (failure != null || cancelRequested) {
            job.sinks().values().forEach(Sink::abort);
            status = failure != null ? JobStatus.FAILED : JobStatus.CANCELLED;
        } else if (full) {
            status = JobStatus.FINISHED;
        } else if (coordinator.hasStopped() && !coordinator.allFinished()) {
            status = JobStatus.STOPPED;
        } else {
            coordinator.completeFinished();
            status = JobStatus.FINISHED;
        }
    }

    private void end() {
        job.channels().forEach(Channel::drain);
        List<AutoCloseable> all = new ArrayList<>(job.sinks().values());
        job.scans().values().forEach(scan -> all.add(scan.source()));
        all.add(job.state());
        for (AutoCloseable closeable : all) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.error(
                        "close_failed job={} of={}", name, closeable.getClass().getSimpleName(), e);
            }
        }
        if (failure != null) {
            status = JobStatus.FAILED;
        }
        job.results().ifPresent(ResultQueue::end);
        inputs.end();
        ended.countDown();
        LOG.info("job_ended job={} status={}", name, status);
    }

    /** Name given in the options. */
    public String name() {
        return name;
    }

    /** Where the run stands. */
    public JobStatus status() {
        return status;
    }

    /** Why it failed. */
    public Optional<SabotException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Rows for the client, if the plan has a client sink. */
    public Optional<ResultQueue> results() {
        return job.results();
    }

    /** Counters. */
    public JobMetrics metrics() {
        return job.metrics();
    }

    /** Number of tasks. */
    public int taskCount() {
        return job.tasks().size();
    }

    /** Number of the last complete checkpoint; 0 before the first. */
    public long lastCheckpoint() {
        return job.state().lastComplete();
    }

    /** Whether this run has made progress that a later one goes on from: a checkpoint that its sinks have committed. */
    public boolean hasCommitted() {
        return job.state().anyCommitted();
    }

    /** Stops the tasks at once, without a checkpoint. */
    public void cancel() {
        events.add(new JobEvents.Stop(true));
        job.cancellation().cancel();
    }

    /** Stops the tasks behind one more checkpoint, from which the job can go on. */
    public void stop() {
        events.add(new JobEvents.Stop(false));
    }

    /** Makes a checkpoint soon, without waiting for the interval. */
    public void requestCheckpoint() {
        events.add(new JobEvents.Checkpoint());
    }

    /** Tables, streams and views of the engine that the plan reads. */
    public Set<ObjectName> storedInputs() {
        return inputs.tables();
    }

    /**
     * From which place on the log of a table of the engine is needed to go on from the last checkpoint; {@link Long#MAX_VALUE}
     * when the plan does not read it, -1 when there is no checkpoint yet.
     */
    public long neededFrom(ObjectName table) {
        return inputs.needed(table);
    }

    /**
     * Waits until all that is in the log of a table of the engine in front of a place is in the committed output, and the
     * watermark that it had; returns whether it is, or the run has ended.
     */
    public boolean awaitCommitted(ObjectName table, long place, long watermark, long nanos) {
        return inputs.await(table, place, watermark, nanos, this::requestCheckpoint);
    }

    /**
     * Waits until all rows of inputs outside the engine that come to an end are in the committed output; returns whether
     * they are, or the run has ended.
     */
    public boolean awaitEndsCommitted(long nanos) {
        return inputs.awaitEnds(nanos, this::requestCheckpoint);
    }

    /** Waits until the run has ended; returns whether it has. */
    public boolean await(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits until the run has ended. */
    public void await() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (ended.getCount() > 0) {
            cancel();
        }
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        job.results().ifPresent(ResultQueue::drain);
        closeAllocator();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAllocator() {
        try {
            job.allocator().close();
        } catch (IllegalStateException e) {
            LOG.error("memory_leaked job={}", name, e);
        }
    }
}
