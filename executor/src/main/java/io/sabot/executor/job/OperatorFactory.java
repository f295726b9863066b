package io.sabot.executor.job;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.checkpoint.CheckpointMetadata;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.executor.connector.SinkWriter;
import io.sabot.executor.connector.Source;
import io.sabot.executor.expression.EvaluationContext;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.filter.CalcOperator;
import io.sabot.executor.filter.UnionOperator;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.task.EventTimeReader;
import io.sabot.executor.task.SourceInput;
import io.sabot.executor.time.Clock;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.ExpandNode;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.SimpleComparison;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Turns each plan node into what runs it: the one place where a plan node meets its operator. Stateful operators are
 * mapped by {@link StatefulOperators}. Used on the thread that starts the job.
 */
final class OperatorFactory {
    private final JobContext context;
    private final Map<String, Sink> sinks;
    private final JobCheckpoints state;
    private final Optional<ResultQueue> results;
    private final Plan plan;
    private final LongSupplier statementClock;
    private final ZoneId zone;

    OperatorFactory(
            JobContext context,
            Map<String, Sink> sinks,
            JobCheckpoints state,
            Optional<ResultQueue> results,
            Plan plan) {
        this.context = context;
        this.sinks = sinks;
        this.state = state;
        this.results = results;
        this.plan = plan;
        Clock clock = context.environment().clock();
        long started = clock.millis();
        this.statementClock = plan.bounded() ? () -> started : clock::millis;
        this.zone = ZoneId.of(context.options().settings().getOrDefault("table.local-time-zone", "UTC"));
    }

    private ExpressionCompiler expressions(LongSupplier watermark) {
        return new ExpressionCompiler(new EvaluationContext(
                zone, statementClock, context.environment().clock()::millis, watermark));
    }

    /** The source of a node without inputs. */
    Source source(PlanNode node, ConnectorContext connector) {
        if (node instanceof PlanNode.Values values) {
            return new ValuesSource(values);
        }
        PlanNode.SourceScan scan = (PlanNode.SourceScan) node;
        ScanSpec spec = new ScanSpec(scan.table(), scan.columns(), filter(scan), scan.ends());
        try {
            return context.environment()
                    .connectors()
                    .source(JobBuilder.connectorName(scan.table()))
                    .create(spec, connector);
        } catch (SabotException e) {
            throw e.at(scan.info().span());
        }
    }

    private static ScanFilter filter(PlanNode.SourceScan scan) {
        List<ScanFilter.Comparison> comparisons = SimpleComparison.of(scan.pushedFilter()).stream()
                .map(simple ->
                        new ScanFilter.Comparison(simple.column(), operator(simple.operator()), simple.constant()))
                .toList();
        List<Integer> needed = scan.eventTime()
                .flatMap(PlanNode.EventTime::ofRows)
                .map(time -> SimpleComparison.columnsOf(List.of(time.timestamp(), time.watermark())))
                .orElse(List.of());
        return new ScanFilter(comparisons, needed, scan.eventTime().isEmpty());
    }

    private static ScanFilter.Operator operator(String sql) {
        return switch (sql) {
            case "=" -> ScanFilter.Operator.EQUAL;
            case "<>" -> ScanFilter.Operator.NOT_EQUAL;
            case "<" -> ScanFilter.Operator.LESS;
            case "<=" -> ScanFilter.Operator.LESS_OR_EQUAL;
            case ">" -> ScanFilter.Operator.GREATER;
            case ">=" -> ScanFilter.Operator.GREATER_OR_EQUAL;
            default -> throw new AssertionError(sql);
        };
    }

    /** How a source task reads the node. */
    SourceInput.Settings sourceSettings(
            PlanNode node, boolean bounded, Runnable newInput, Optional<SourceInput.Halt> halt) {
        if (node instanceof PlanNode.SourceScan scan) {
            return new SourceInput.Settings(
                    scan.info().name(),
                    scan.eventTime().flatMap(PlanNode.EventTime::ofRows).map(time -> eventTime(time, scan.schema())),
                    scan.eventTime().map(time -> time.ofRows().isEmpty()).orElse(false),
                    scan.cutLate(),
                    scan.eventTime().map(PlanNode.EventTime::stepped).orElse(false),
                    scan.eventTime().map(PlanNode.EventTime::idleTimeoutMillis).orElse(0L),
                    usesProcessingTime(),
                    bounded,
                    newInput,
                    halt);
        }
        return new SourceInput.Settings(
                node.info().name(),
                Optional.empty(),
                false,
                false,
                false,
                0,
                usesProcessingTime(),
                bounded,
                newInput,
                halt);
    }

    private EventTimeReader eventTime(PlanNode.RowTime time, Schema schema) {
        return new ProjectedEventTime(
                expressions(() -> Long.MIN_VALUE).projector(List.of(time.timestamp(), time.watermark()), schema),
                context.allocator());
    }

    private boolean usesProcessingTime() {
        return plan.sinks().stream().anyMatch(OperatorFactory::usesProcessingTime);
    }

    private static boolean usesProcessingTime(PlanNode node) {
        boolean here = switch (WindowMapping.domain(node)) {
            case EVENT -> false;
            case PROCESSING -> true;
        };
        boolean early =
                node instanceof AggregateNode.Window window && window.emission().earlyMillis() > 0;
        boolean forgets = !node.info().kept().isForever();
        return here || early || forgets || node.inputs().stream().anyMatch(OperatorFactory::usesProcessingTime);
    }

    /**
     * The operator of a node, for one task.
     *
     * @param owned closes what is made before the operator is opened
     */
    OperatorOpener create(PlanNode node, int taskIndex, OperatorWatermark watermark, Owned owned) {
        if (node instanceof PlanNode.SourceScan || node instanceof PlanNode.Values || node instanceof PlanNode.Union) {
            return operatorContext -> new UnionOperator();
        }
        if (node instanceof PlanNode.Calc calc) {
            return calc(calc, expressions(watermark), owned);
        }
        if (node instanceof ExpandNode expand) {
            return ExpandOperators.create(expand, expressions(watermark), owned);
        }
        if (node instanceof PlanNode.TableSink sink) {
            return tableSink(sink, taskIndex, owned);
        }
        if (node instanceof PlanNode.ClientSink sink) {
            return operatorContext -> new ClientSinkOperator(
                    results.orElseThrow(),
                    sink.input().schema(),
                    sink.upsertKey(),
                    !sink.info().stream().upsertKeys().isEmpty(),
                    isFolded(sink),
                    operatorContext);
        }
        if (node instanceof JoinNode.Lookup lookup) {
            return JoinOperators.lookup(lookup, owned.own(lookupReader(lookup)), expressions(watermark), owned);
        }
        return StatefulOperators.create(node, expressions(watermark), owned);
    }

    private LookupReader lookupReader(JoinNode.Lookup node) {
        PlanNode.SourceScan scan = LookupReader.scan(node.table());
        ConnectorContext connector = context.connector(scan.info().name());
        return new LookupReader(
                node.table(), () -> source(scan, connector), connector, expressions(() -> Long.MIN_VALUE));
    }

    private static OperatorOpener calc(PlanNode.Calc calc, ExpressionCompiler compiler, Owned owned) {
        Schema input = calc.input().schema();
        boolean identity = calc.projections().isEmpty() && calc.schema().equals(input);
        Predicate predicate = calc.condition()
                .map(condition -> owned.own(compiler.predicate(condition, input)))
                .orElse(null);
        Projector projector = identity ? null : owned.own(compiler.projector(calc.projections(), input));
        return operatorContext ->
                new CalcOperator(predicate, projector, calc.info().span(), operatorContext);
    }

    private OperatorOpener tableSink(PlanNode.TableSink node, int taskIndex, Owned owned) {
        String name = node.info().name();
        ConnectorContext connector = context.connector(name);
        ChangelogMode changelog = node.input().info().stream().changelog();
        Sink sink = sinks.get(name);
        if (sink == null) {
            try {
                sink = context.environment()
                        .connectors()
                        .sink(JobBuilder.connectorName(node.table()))
                        .create(
                                new SinkSpec(
                                        node.table(), changelog, node.upsertKey(), node.overwrite(), plan.bounded()),
                                connector);
            } catch (SabotException e) {
                throw e.at(node.info().span());
            }
            sinks.put(name, sink);
            open(name, sink);
        }
        SinkWriter writer = owned.own(sink.writer(taskIndex, connector));
        Optional<TableSinkOperator.Folding> folding = changelog == ChangelogMode.APPEND_ONLY
                ? Optional.empty()
                : Optional.of(new TableSinkOperator.Folding(
                        node.input().schema(), node.upsertKey(), sink.wantsBeforeImages()));
        return operatorContext -> new TableSinkOperator(
                name, writer, node.table().sinkSchema(), folding, !node.beside(), operatorContext);
    }

    /** Before the first writer: a job that goes on commits what its checkpoint holds, since it may not have come to that. */
    private void open(String name, Sink sink) {
        Optional<CheckpointMetadata> restored = state.restored();
        List<byte[]> prepared =
                restored.map(metadata -> metadata.prepared().get(name)).orElse(List.of());
        sink.open(prepared);
        if (restored.isPresent()) {
            sink.commit(state.lastComplete(), prepared);
        }
    }

    /** Whether a sink of the plan shows results at epoch ends. */
    boolean publishesEpochs() {
        return plan.sinks().stream()
                .anyMatch(sink -> sink instanceof PlanNode.ClientSink client
                        ? isFolded(client)
                        : sink.inputs().get(0).info().stream().changelog() != ChangelogMode.APPEND_ONLY);
    }

    private static boolean isFolded(PlanNode.ClientSink sink) {
        return sink.input().info().stream().changelog() != ChangelogMode.APPEND_ONLY;
    }

    /** Domain of the time that a node waits for. */
    static final class WindowMapping {
        private WindowMapping() {}

        static TimeDomain domain(PlanNode node) {
            if (node instanceof AggregateNode.Window aggregate) {
                return aggregate.window().time().domain();
            }
            if (node instanceof JoinNode.Lookup) {
                return TimeDomain.PROCESSING;
            }
            if (node instanceof JoinNode.Interval join) {
                return join.domain();
            }
            if (node instanceof OverNode over) {
                return over.when() == OverNode.When.ARRIVAL ? TimeDomain.PROCESSING : TimeDomain.EVENT;
            }
            if (node instanceof MatchNode match) {
                return match.domain();
            }
            return node instanceof PlanNode.WindowAssign assign
                    ? assign.window().time().domain()
                    : TimeDomain.EVENT;
        }
    }
}
