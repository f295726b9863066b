package io.sabot.executor.task;

import io.sabot.executor.checkpoint.SplitState;
import io.sabot.executor.exchange.Cancellation;
import io.sabot.executor.exchange.Channel;
import io.sabot.executor.exchange.Signal;
import io.sabot.executor.time.Barrier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's work, from opening its operators to closing them.
 *
 * <p>The thread goes round its inputs. When every input stands at the same barrier (ended inputs always do), operators
 * end their epoch in topological order, the barrier goes to all outputs, state is frozen, the coordinator is told, and
 * inputs go on.
 */
public final class Task implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Task.class);
    private static final long WAIT_NANOS = 20_000_000L;

    private final int id;
    private final String name;
    private final List<OperatorNode> operators;
    private final List<TaskInput> inputs;
    private final List<SourceInput> sources;
    private final TaskStateHandle state;
    private final Signal work;
    private final Cancellation cancellation;
    private final TaskListener listener;
    private final EpochPolicy epochs;
    private long inlineEpoch;

    /**
     * Whether the task ends epochs itself.
     *
     * <p>{@link #AFTER_EACH_BATCH} is for a job that is one task, when every batch shall be an epoch of its own.
     */
    public enum EpochPolicy {
        BY_COORDINATOR,
        AFTER_EACH_BATCH
    }

    /**
     * A task.
     *
     * @param operators in topological order
     * @param work set whenever a channel of this task gets an element
     */
    public Task(
            int id,
            String name,
            List<OperatorNode> operators,
            List<ChannelSource> channels,
            List<SourceInput> sources,
            TaskStateHandle state,
            Signal work,
            Cancellation cancellation,
            TaskListener listener,
            EpochPolicy epochs) {
        this.id = id;
        this.name = name;
        this.operators = List.copyOf(operators);
        this.sources = List.copyOf(sources);
        this.inputs = new ArrayList<>(sources);
        channels.forEach(
                channel -> inputs.add(new ChannelInput(channel.channels(), channel.target(), channel.input())));
        this.state = state;
        this.work = work;
        this.cancellation = cancellation;
        this.listener = listener;
        this.epochs = epochs;
        cancellation.onCancel(this::wakeUp);
    }

    /** Channels that feed one input of an operator. */
    public record ChannelSource(List<Channel> channels, OperatorNode target, int input) {}

    /** Number of the task in its job. */
    public int id() {
        return id;
    }

    /** Name for logs and threads. */
    public String name() {
        return name;
    }

    /** Inputs that read sources. */
    public List<SourceInput> sources() {
        return sources;
    }

    private void wakeUp() {
        work.set();
        sources.forEach(SourceInput::wakeUp);
    }

    /** Asks the sources of this task to end the epoch in front of their next rows. Any thread. */
    public void request(Barrier barrier) {
        sources.forEach(source -> source.request(barrier));
        work.set();
    }

    @Override
    public void run() {
        boolean completed = false;
        try {
            operators.forEach(OperatorNode::open);
            operators.forEach(OperatorNode::announceRestored);
            inputs.forEach(TaskInput::start);
            completed = loop();
            if (completed) {
                state.sizes((operator, entries) -> operators.stream()
                        .filter(node -> node.name().equals(operator))
                        .forEach(node -> node.countState(entries)));
                TaskReport report = report(Optional.empty(), 0);
                listener.finished(this, report);
            }
        } catch (Throwable e) {
            if (!OperatorNode.isCancellation(e)) {
                listener.failed(this, e);
            }
        } finally {
            closeAll();
            listener.closed(this);
        }
    }

    /** Works until all inputs have ended (true) or a last barrier has passed (false). */
    private boolean loop() {
        while (!allEnded()) {
            cancellation.check();
            boolean any = pollInputs() || idle();
            Barrier barrier = alignedBarrier();
            if (barrier != null) {
                pass(barrier);
                if (barrier.last()) {
                    return false;
                }
            } else if (any && epochs == EpochPolicy.AFTER_EACH_BATCH) {
                pass(new Barrier(++inlineEpoch, 0, false));
            }
        }
        return true;
    }

    private boolean allEnded() {
        for (TaskInput input : inputs) {
            if (!input.hasEnded()) {
                return false;
            }
        }
        return true;
    }

    private boolean pollInputs() {
        if (sources.size() > 1 && sources.stream().allMatch(SourceInput::isBounded)) {
            boolean fromSources = pollLowestSource();
            return pollFrom(sources.size()) || fromSources;
        }
        return pollFrom(0);
    }

    private boolean pollFrom(int first) {
        boolean any = false;
        for (int i = first; i < inputs.size(); i++) {
            any |= inputs.get(i).poll(0);
            if (any && epochs == EpochPolicy.AFTER_EACH_BATCH) {
                rotate();
                return true;
            }
        }
        return any;
    }

    /** Reads the source that is furthest behind in time, so that joins of bounded inputs keep little. */
    private boolean pollLowestSource() {
        SourceInput lowest = null;
        for (SourceInput source : sources) {
            if (!source.hasEnded()
                    && source.standsAt() == null
                    && (lowest == null || source.watermark() < lowest.watermark())) {
                lowest = source;
            }
        }
        if (lowest != null && lowest.poll(0)) {
            rotate();
            return true;
        }
        boolean any = false;
        for (SourceInput source : sources) {
            any |= source.poll(0);
        }
        return any;
    }

    /** Lets the next input have the first turn. */
    private void rotate() {
        if (inputs.size() > 1 && sources.size() == inputs.size()) {
            inputs.add(inputs.remove(0));
        }
    }

    private @Nullable Barrier alignedBarrier() {
        Barrier barrier = null;
        for (TaskInput input : inputs) {
            if (!input.hasEnded()) {
                Barrier at = input.standsAt();
                if (at == null) {
                    return null;
                }
                barrier = at;
            }
        }
        return barrier;
    }

    private void pass(Barrier barrier) {
        for (OperatorNode operator : operators) {
            operator.onBarrier(barrier);
        }
        TaskReport report = report(Optional.of(barrier), barrier.checkpoint());
        for (OperatorNode operator : operators) {
            operator.passBarrier(barrier);
        }
        if (barrier.snapshots()) {
            state.freeze(barrier.checkpoint());
        }
        listener.passed(this, report);
        for (TaskInput input : inputs) {
            Barrier at = input.standsAt();
            if (at == null || at.equals(barrier)) { // not one that waits for the others at the next checkpoint
                input.resume();
            }
        }
    }

    private TaskReport report(Optional<Barrier> barrier, long checkpoint) {
        boolean complete = barrier.isEmpty() || checkpoint > 0;
        List<SplitState> splits = new ArrayList<>();
        Map<String, Long> watermarks = new HashMap<>();
        Map<String, byte[]> prepared = new HashMap<>();
        sources.forEach(source -> splits.addAll(source.positions()));
        if (complete) {
            for (OperatorNode operator : operators) {
                watermarks.put(operator.name(), operator.checkpointedWatermark());
                if (operator.operator() instanceof SinkOperator sink) {
                    sink.prepare(checkpoint).ifPresent(bytes -> prepared.put(sink.sinkName(), bytes));
                }
            }
        }
        return new TaskReport(id, barrier, splits, watermarks, prepared);
    }

    /** Waits for work; returns whether some was done while waiting. */
    private boolean idle() {
        if (allEnded() || alignedBarrier() != null) {
            return false;
        }
        boolean onlySources = sources.size() == inputs.size();
        SourceInput waiting = onlySources ? readableSource() : null;
        if (waiting != null && sources.size() == 1) {
            return waiting.poll(WAIT_NANOS);
        }
        work.await(sources.isEmpty() ? WAIT_NANOS : WAIT_NANOS / 20);
        return false;
    }

    private @Nullable SourceInput readableSource() {
        for (SourceInput source : sources) {
            if (!source.hasEnded() && source.standsAt() == null) {
                return source;
            }
        }
        return null;
    }

    private void closeAll() {
        List<AutoCloseable> all = new ArrayList<>(operators);
        all.addAll(inputs);
        all.add(state);
        for (AutoCloseable closeable : all) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.error(
                        "close_failed task={} of={}", name, closeable.getClass().getSimpleName(), e);
            }
        }
    }
}
