package io.sabot.executor.job;

import io.sabot.executor.checkpoint.CheckpointMetadata;
import io.sabot.executor.checkpoint.SplitState;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.task.Task;
import io.sabot.executor.task.TaskReport;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends epochs and makes checkpoints of one run of a job. Called by the job's coordinator thread only.
 *
 * <p>One barrier is under way at a time. A barrier is over when every task has passed it or ended; if it was a checkpoint,
 * state, positions and what sinks prepared become durable, then sinks commit. The report of a task that has ended counts
 * for every later barrier and stays in every later checkpoint; what it prepared is committed with the first of them.
 */
final class EpochCoordinator {
    private static final Logger LOG = LoggerFactory.getLogger(EpochCoordinator.class);
    private static final long EPOCH_MIN_NANOS = 1_000_000L;

    private final String jobName;
    private final List<Task> tasks;
    private final Map<String, Sink> sinks;
    private final JobCheckpoints state;
    private final Clock clock;
    private final boolean publishesEpochs;
    private final long checkpointNanos;
    private final long commitGapNanos;
    private final long epochGapNanos;
    private final Consumer<CheckpointMetadata> committed;
    private final Map<Integer, TaskReport> finished = new HashMap<>();
    private final Map<Integer, TaskReport> reports = new HashMap<>();
    private Optional<Barrier> current = Optional.empty();
    private final Set<Integer> waitingFor = new HashSet<>();
    private boolean newInput;
    private boolean stopRequested;
    private boolean checkpointRequested;
    private boolean stopped;
    private long lastEpoch;
    private long lastCheckpoint;
    private long epochEndedNanos;
    private long checkpointStartedNanos;

    /**
     * A coordinator.
     *
     * @param commitGapNanos how soon behind the last a checkpoint is made when there is new input; 0: when it is due
     * @param epochGapNanos least time between two epochs
     * @param committed told what was committed
     * @param publishesEpochs whether a sink publishes at epoch ends, so that epochs are wanted as often as there is input
     */
    EpochCoordinator(
            String jobName,
            List<Task> tasks,
            Map<String, Sink> sinks,
            JobCheckpoints state,
            Clock clock,
            boolean publishesEpochs,
            long checkpointNanos,
            long commitGapNanos,
            long epochGapNanos,
            Consumer<CheckpointMetadata> committed) {
        this.jobName = jobName;
        this.tasks = List.copyOf(tasks);
        this.sinks = Map.copyOf(sinks);
        this.state = state;
        this.clock = clock;
        this.publishesEpochs = publishesEpochs;
        this.checkpointNanos = checkpointNanos;
        this.commitGapNanos = commitGapNanos;
        this.epochGapNanos = Math.max(EPOCH_MIN_NANOS, epochGapNanos);
        this.committed = committed;
        this.lastCheckpoint = state.lastComplete();
        this.epochEndedNanos = clock.nanos();
        this.checkpointStartedNanos = clock.nanos();
    }

    /** Rows have come for the first time in this epoch. */
    void newInput() {
        newInput = true;
    }

    /** A task has passed a barrier: the present one, or one of its own in tests that end an epoch behind every batch. */
    void passed(TaskReport report) {
        if (!report.barrier().equals(current)) {
            return;
        }
        reports.put(report.taskId(), report);
        settle(report.taskId());
    }

    /** A task has ended. */
    void finished(TaskReport report) {
        finished.put(report.taskId(), report);
        settle(report.taskId());
    }

    private void settle(int taskId) {
        waitingFor.remove(taskId);
        if (current.isPresent() && waitingFor.isEmpty()) {
            Barrier barrier = current.get();
            current = Optional.empty();
            epochEndedNanos = clock.nanos();
            if (barrier.snapshots()) {
                complete(barrier.checkpoint(), false);
            }
            stopped |= barrier.last();
        }
    }

    /** Asks for a last checkpoint behind which the tasks stop. */
    void requestStop() {
        stopRequested = true;
    }

    /** Asks for a checkpoint now. */
    void requestCheckpoint() {
        checkpointRequested = true;
    }

    /** Whether a last barrier has passed everywhere. */
    boolean hasStopped() {
        return stopped;
    }

    /** Whether every task has ended by itself. */
    boolean allFinished() {
        return finished.size() == tasks.size();
    }

    /** Starts the next barrier if it is time. Returns how long nothing need be done, in nanoseconds. */
    long tick() {
        if (current.isPresent() || allFinished() || stopped) {
            return Long.MAX_VALUE;
        }
        long now = clock.nanos();
        long untilCheckpoint = checkpointNanos == 0 ? Long.MAX_VALUE : checkpointStartedNanos + checkpointNanos - now;
        if (commitGapNanos > 0 && newInput) {
            untilCheckpoint = Math.min(untilCheckpoint, checkpointStartedNanos + commitGapNanos - now);
        }
        if (stopRequested || checkpointRequested || untilCheckpoint <= 0) {
            start(++lastCheckpoint, stopRequested);
            return Long.MAX_VALUE;
        }
        if (publishesEpochs && newInput) {
            long untilEpoch = epochEndedNanos + epochGapNanos - now;
            if (untilEpoch <= 0) {
                start(0, false);
                return Long.MAX_VALUE;
            }
            return Math.min(untilEpoch, untilCheckpoint);
        }
        return untilCheckpoint;
    }

    private void start(long checkpoint, boolean last) {
        newInput = false;
        if (checkpoint > 0) {
            checkpointRequested = false;
            checkpointStartedNanos = clock.nanos();
        }
        Barrier barrier = new Barrier(++lastEpoch, checkpoint, last);
        current = Optional.of(barrier);
        reports.clear();
        for (Task task : tasks) {
            if (!finished.containsKey(task.id())) {
                waitingFor.add(task.id());
            }
        }
        for (Task task : tasks) {
            if (!task.sources().isEmpty()) {
                task.request(barrier);
            }
        }
    }

    /** Makes the last checkpoint of a job whose tasks have all ended, and commits its sinks. */
    void completeFinished() {
        reports.clear(); // of the last barrier: the tasks have gone on since
        complete(++lastCheckpoint, true);
    }

    private void complete(long checkpoint, boolean allEnded) {
        long begin = clock.nanos();
        CheckpointMetadata metadata = metadata(allEnded);
        state.write(checkpoint, metadata);
        metadata.prepared().forEach((sink, parts) -> sink(sink).commit(checkpoint, parts));
        for (Map.Entry<String, Sink> sink : sinks.entrySet()) {
            if (!metadata.prepared().containsKey(sink.getKey())) {
                sink.getValue().commit(checkpoint, List.of());
            }
        }
        // a task that has passed this barrier and ended since prepared more behind it
        finished.replaceAll((task, report) -> reports.containsKey(task) ? report : report.committed());
        state.committed(checkpoint);
        committed.accept(metadata);
        LOG.debug(
                "checkpoint_completed job={} checkpoint={} millis={}",
                jobName,
                checkpoint,
                (clock.nanos() - begin) / 1_000_000);
    }

    private Sink sink(String name) {
        Sink sink = sinks.get(name);
        if (sink == null) {
            throw new AssertionError("a report names the unknown sink " + name);
        }
        return sink;
    }

    private CheckpointMetadata metadata(boolean allEnded) {
        List<SplitState> splits = new ArrayList<>();
        Map<String, Long> watermarks = new HashMap<>();
        Map<String, List<byte[]>> prepared = new HashMap<>();
        List<TaskReport> all = new ArrayList<>(reports.values());
        finished.forEach((id, report) -> {
            if (!reports.containsKey(id)) {
                all.add(report);
            }
        });
        for (TaskReport report : all) {
            splits.addAll(report.splits());
            report.watermarks().forEach((operator, millis) -> watermarks.merge(operator, millis, Math::min));
            report.prepared()
                    .forEach((sink, bytes) -> prepared.computeIfAbsent(sink, key -> new ArrayList<>())
                            .add(bytes));
        }
        return new CheckpointMetadata(splits, watermarks, prepared, allEnded);
    }
}
