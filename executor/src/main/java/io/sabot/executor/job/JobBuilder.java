package io.sabot.executor.job;

import io.sabot.catalog.Table;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.checkpoint.CheckpointMetadata;
import io.sabot.executor.checkpoint.SplitState;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.exchange.Cancellation;
import io.sabot.executor.exchange.Channel;
import io.sabot.executor.exchange.ExchangeWriter;
import io.sabot.executor.exchange.KeyGroupRouter;
import io.sabot.executor.exchange.Signal;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.storage.StoredTables;
import io.sabot.executor.task.OperatorNode;
import io.sabot.executor.task.SourceInput;
import io.sabot.executor.task.Task;
import io.sabot.executor.task.TaskListener;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/** Makes sources, channels, operators and tasks of a plan. Used once, on the thread that starts the job. */
final class JobBuilder {
    /** Elements that a channel holds: enough to keep both sides busy, few enough to bound memory. */
    private static final int CHANNEL_CAPACITY = 8;

    private final JobEnvironment environment;
    private final JobOptions options;
    private final TaskListener listener;
    private final Runnable newInput;
    private final Runnable full;
    private final Consumer<String> limitFull;
    private final Runnable stop;
    private final JobMetrics metrics = new JobMetrics();
    private final Cancellation cancellation = new Cancellation();
    private final Map<String, JobExecution.ScanRuntime> scans = new HashMap<>();
    private final Map<String, Sink> sinks = new HashMap<>();
    private final List<Channel> channels = new ArrayList<>();
    /** What is closed, last first, when building fails; later all is closed by its owner. */
    private final Owned opened = new Owned();

    /**
     * A builder.
     *
     * @param newInput called at the first rows of each epoch
     * @param full called when an operator needs no further input
     * @param stop called to stop the job behind a checkpoint
     */
    JobBuilder(
            JobEnvironment environment,
            JobOptions options,
            TaskListener listener,
            Runnable newInput,
            Runnable full,
            Consumer<String> limitFull,
            Runnable stop) {
        this.environment = environment;
        this.options = options;
        this.listener = listener;
        this.newInput = newInput;
        this.full = full;
        this.limitFull = limitFull;
        this.stop = stop;
    }

    JobExecution.Built build(Plan plan) {
        BufferAllocator allocator =
                opened.own(environment.allocator().newChildAllocator(options.name(), 0, Long.MAX_VALUE));
        try {
            return build(plan, allocator);
        } catch (RuntimeException | Error e) {
            closeOpened(e);
            throw e;
        }
    }

    private void closeOpened(Throwable failure) {
        sinks.values().forEach(opened::own);
        try {
            opened.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private JobExecution.Built build(Plan plan, BufferAllocator allocator) {
        JobCheckpoints state =
                opened.own(JobCheckpoints.open(options.checkpointDirectory(), environment.stateBudget()));
        JobContext context = new JobContext(environment, options, allocator, metrics);
        Optional<ResultQueue> results = Optional.empty();
        for (PlanNode sink : plan.sinks()) {
            if (sink instanceof PlanNode.ClientSink) {
                results = Optional.of(new ResultQueue(cancellation));
            }
        }
        OperatorFactory operators = new OperatorFactory(context, sinks, state, results, plan);
        plan.sinks().forEach(sink -> openSources(sink, context, operators, state));
        Stages stages = Stages.cut(
                plan,
                options.epochAfterEachBatch() ? 1 : options.parallelism(),
                scan -> scan(scan).known().size());
        List<Task> tasks = buildTasks(stages, context, operators, state);
        return new JobExecution.Built(
                tasks,
                channels,
                scans,
                sinks,
                results,
                state,
                metrics,
                cancellation,
                allocator,
                operators.publishesEpochs());
    }

    private JobExecution.ScanRuntime scan(PlanNode node) {
        JobExecution.ScanRuntime scan = scans.get(node.info().name());
        if (scan == null) {
            throw new AssertionError(node);
        }
        return scan;
    }

    private void openSources(PlanNode node, JobContext context, OperatorFactory operators, JobCheckpoints state) {
        String name = node.info().name();
        if (node.inputs().isEmpty() && !scans.containsKey(name)) {
            try {
                Source source = opened.own(operators.source(node, context.connector(name)));
                List<Split> known = new ArrayList<>(restoredSplits(name, state));
                known.addAll(source.discover(List.copyOf(known)));
                scans.put(name, new JobExecution.ScanRuntime(source, known, new ArrayList<>()));
            } catch (SabotException e) {
                throw e.at(node.info().span());
            }
        }
        node.inputs().forEach(input -> openSources(input, context, operators, state));
    }

    private static List<Split> restoredSplits(String source, JobCheckpoints state) {
        return state.restored().stream()
                .flatMap(metadata -> metadata.splits().stream())
                .filter(split -> split.source().equals(source))
                .map(split -> new Split(split.split(), split.next()))
                .toList();
    }

    private List<Task> buildTasks(Stages stages, JobContext context, OperatorFactory operators, JobCheckpoints state) {
        IdentityHashMap<Stages.Link, Channel[][]> matrix = new IdentityHashMap<>();
        List<List<Signal>> signals = new ArrayList<>();
        for (Stages.Stage stage : stages.stages()) {
            List<Signal> stageSignals = new ArrayList<>();
            for (int i = 0; i < stage.parallelism(); i++) {
                stageSignals.add(new Signal());
            }
            signals.add(stageSignals);
        }
        for (Stages.Link link : stages.links()) {
            matrix.put(link, channels(link, stages, signals));
        }
        List<Task> tasks = new ArrayList<>();
        for (Stages.Stage stage : stages.stages()) {
            for (int index = 0; index < stage.parallelism(); index++) {
                tasks.add(buildTask(tasks.size(), stage, index, stages, matrix, signals, context, operators, state));
            }
        }
        return tasks;
    }

    private Channel[][] channels(Stages.Link link, Stages stages, List<List<Signal>> signals) {
        int producers = stages.stages().get(stages.stage(link.from())).parallelism();
        int consumerStage = stages.stage(link.to());
        int consumers = stages.stages().get(consumerStage).parallelism();
        Channel[][] matrix = new Channel[producers][consumers];
        for (int p = 0; p < producers; p++) {
            for (int c = 0; c < consumers; c++) {
                if (link.kind() == Stages.LinkKind.HASH || target(link, p, consumers) == c) {
                    matrix[p][c] = new Channel(
                            CHANNEL_CAPACITY, signals.get(consumerStage).get(c), cancellation);
                    channels.add(matrix[p][c]);
                }
            }
        }
        return matrix;
    }

    private static int target(Stages.Link link, int producer, int consumers) {
        return link.kind() == Stages.LinkKind.SINGLE ? 0 : producer % consumers;
    }

    private Task buildTask(
            int id,
            Stages.Stage stage,
            int index,
            Stages stages,
            IdentityHashMap<Stages.Link, Channel[][]> matrix,
            List<List<Signal>> signals,
            JobContext context,
            OperatorFactory operators,
            JobCheckpoints state) {
        JobCheckpoints.Handle taskState = state.openTask(index, stage.parallelism());
        IdentityHashMap<PlanNode, OperatorNode> nodes = new IdentityHashMap<>();
        List<OperatorNode> order = new ArrayList<>();
        List<SourceInput> sources = new ArrayList<>();
        List<Task.ChannelSource> inputs = new ArrayList<>();
        for (PlanNode plan : stage.nodes()) {
            Owned owned = opened.own(new Owned());
            TaskOperatorContext operatorContext = new TaskOperatorContext(
                    plan.info().name(),
                    context,
                    owned,
                    taskState.tables().operator(plan.info().name()),
                    index,
                    stage.parallelism());
            OperatorWatermark watermark = new OperatorWatermark();
            OperatorNode node = new OperatorNode(
                    operators.create(plan, index, watermark, owned),
                    operatorContext,
                    owned,
                    Math.max(1, plan.inputs().size()),
                    plan.info().span());
            watermark.of(node);
            if (endsResult(plan, stage)) {
                node.onFull(full);
            } else if (Limits.isLimit(plan)) {
                node.onFull(() -> limitFull.accept(node.name()));
            }
            restoreWatermark(node, state);
            nodes.put(plan, node);
            order.add(node);
            if (plan.inputs().isEmpty()) {
                sources.add(sourceInput(plan, node, index, stage.parallelism(), context, operators, state));
            }
            for (int input = 0; input < plan.inputs().size(); input++) {
                PlanNode producer = Stages.skipExchange(plan.inputs().get(input));
                OperatorNode local = nodes.get(producer);
                if (local != null && !isLinked(stages, plan, input)) {
                    local.connect(node, input);
                }
            }
        }
        for (Stages.Link link : stages.links()) {
            Channel[][] linkChannels = matrix.get(link);
            if (linkChannels == null) {
                throw new AssertionError(link);
            }
            OperatorNode consumer = nodes.get(link.to());
            if (consumer != null) {
                inputs.add(new Task.ChannelSource(column(linkChannels, index), consumer, link.input()));
            }
            OperatorNode producer = nodes.get(link.from());
            if (producer != null) {
                producer.connect(writer(link, linkChannels[index], stages, context, state.keyGroupCount()));
            }
        }
        return new Task(
                id,
                order.get(0).name() + "-" + index,
                order,
                inputs,
                sources,
                taskState,
                signals.get(stage.id()).get(index),
                cancellation,
                listener,
                options.epochAfterEachBatch() ? Task.EpochPolicy.AFTER_EACH_BATCH : Task.EpochPolicy.BY_COORDINATOR);
    }

    /** Whether the client gets just what this node lets pass, from the same task: when it is full, so is the result. */
    private static boolean endsResult(PlanNode node, Stages.Stage stage) {
        for (PlanNode sink : stage.nodes()) {
            if (sink instanceof PlanNode.ClientSink client) {
                PlanNode last = Stages.skipExchange(client.input());
                while (last instanceof PlanNode.Calc calc) {
                    last = Stages.skipExchange(calc.input());
                }
                return last == node;
            }
        }
        return false;
    }

    private static boolean isLinked(Stages stages, PlanNode node, int input) {
        return stages.links().stream().anyMatch(link -> link.to() == node && link.input() == input);
    }

    private static List<Channel> column(Channel[][] matrix, int consumer) {
        List<Channel> column = new ArrayList<>();
        for (Channel[] row : matrix) {
            if (row[consumer] != null) {
                column.add(row[consumer]);
            }
        }
        return column;
    }

    private static ExchangeWriter writer(
            Stages.Link link, Channel[] row, Stages stages, JobContext context, int keyGroupCount) {
        List<Channel> targets = new ArrayList<>();
        for (Channel channel : row) {
            if (channel != null) {
                targets.add(channel);
            }
        }
        if (targets.size() == 1) {
            return new ExchangeWriter(targets, ExchangeWriter.Router.SINGLE, context.allocator());
        }
        List<DataType> types =
                link.keys().stream().map(key -> link.from().schema().type(key)).toList();
        int[] columns = link.keys().stream().mapToInt(Integer::intValue).toArray();
        int parallelism = stages.stages().get(stages.stage(link.to())).parallelism();
        return new ExchangeWriter(
                targets,
                new KeyGroupRouter(context.allocator(), types, columns, parallelism, keyGroupCount),
                context.allocator());
    }

    private static void restoreWatermark(OperatorNode node, JobCheckpoints state) {
        state.restored()
                .map(CheckpointMetadata::watermarks)
                .map(watermarks -> watermarks.get(node.name()))
                .ifPresent(node::restoreWatermark);
    }

    private SourceInput sourceInput(
            PlanNode scan,
            OperatorNode node,
            int index,
            int parallelism,
            JobContext context,
            OperatorFactory operators,
            JobCheckpoints state) {
        JobExecution.ScanRuntime runtime = scan(scan);
        List<SourceInput.RestoredSplit> splits = new ArrayList<>();
        for (int i = index; i < runtime.known().size(); i += parallelism) {
            splits.add(restored(scan.info().name(), runtime.known().get(i), state));
        }
        SourceInput.Settings settings =
                operators.sourceSettings(scan, runtime.source().bounded(), newInput, halt());
        settings.eventTime().ifPresent(opened::own);
        SplitReader reader =
                runtime.source().reader(context.connector(scan.info().name()));
        opened.own(reader);
        SourceInput input = new SourceInput(settings, reader, splits, node, context.allocator(), environment.clock());
        runtime.readers().add(input);
        return input;
    }

    private Optional<SourceInput.Halt> halt() {
        return options.stopAfterBatches() > 0
                ? Optional.of(new SourceInput.Halt(options.stopAfterBatches(), stop))
                : Optional.empty();
    }

    private static SourceInput.RestoredSplit restored(String source, Split split, JobCheckpoints state) {
        for (SplitState known : state.restored().map(CheckpointMetadata::splits).orElse(List.of())) {
            if (known.source().equals(source) && known.split().equals(split.id())) {
                return new SourceInput.RestoredSplit(split, known.watermark(), known.ended());
            }
        }
        return new SourceInput.RestoredSplit(split, Watermark.START, false);
    }

    /** Name under which a table finds its connector: its option, or the engine's own. */
    static String connectorName(Table table) {
        return table.connector().orElse(StoredTables.CONNECTOR);
    }

    /** Rows that operators put into a batch at most. */
    static int batchRows(JobOptions options) {
        return options.batchRows() > 0 ? options.batchRows() : Batch.DEFAULT_ROWS;
    }
}
