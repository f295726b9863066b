package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.LateRows;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.NodeInfo;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import io.sabot.planner.plan.WindowSpec;
import io.sabot.planner.resolve.LateTable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Adds to a plan what writes late rows of tables with {@code 'sabot.late-rows'} into the streams beside them.
 *
 * <p>For each operator that drops rows, the filters and windows between it and the scan are repeated in a branch of their own,
 * which carries the whole row of the table and ends in a {@link LateRows} with the rule of that operator. Late is decided by
 * the row's own split, so both see it alike wherever they stand. The branch begins behind the rows that are in time, and costs
 * next to nothing while no row is late; for sessions alone, where a late row may join an open one, it has state of its own.
 * Rows that an operator has made of several, or has taken back, are counted where they are dropped and not written.
 */
final class LateCapture {
    private static final ZoneId UTC = ZoneOffset.UTC;

    private final Build build;
    private final Scans scans;
    private final Set<PlanNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    /** By stream what goes into it: one sink, as each commits by itself. */
    private final Map<Table, List<PlanNode>> rows = new LinkedHashMap<>();

    LateCapture(Build build, Scans scans) {
        this.build = build;
        this.scans = scans;
    }

    /** An operator that drops rows, with the rule by which it does. */
    private record Drop(PlanNode by, PlanNode input, WindowSpec window) {}

    /**
     * Rows on their way to an operator, with the row of the table.
     *
     * @param at where each column stands that the operator would have
     * @param row where the columns of the table begin
     */
    private record Wide(Table late, PlanNode node, int[] at, int row) {}

    /** The sinks to add to those of a plan. */
    List<PlanNode> sinks(List<PlanNode> ofPlan) {
        String written = ofPlan.stream()
                .filter(PlanNode.TableSink.class::isInstance)
                .map(sink -> ((PlanNode.TableSink) sink).table().name().name())
                .collect(Collectors.joining(", "));
        ofPlan.forEach(sink -> visit(sink, written));
        return rows.entrySet().stream()
                .map(entry -> sink(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void visit(PlanNode node, String written) {
        if (!seen.add(node)) {
            return;
        }
        for (Drop drop : drops(node)) {
            boolean all = drop.window() instanceof WindowSpec.Session;
            for (Wide wide : wide(drop.input(), !all)) {
                rows.computeIfAbsent(wide.late(), late -> new ArrayList<>()).add(late(drop, wide, written));
            }
        }
        node.inputs().forEach(input -> visit(input, written));
    }

    private static List<Drop> drops(PlanNode node) {
        if (node instanceof AggregateNode.Window window && window.phase() != AggregatePhase.GLOBAL) {
            return window(node, window.input(), ruled(window));
        }
        if (node instanceof PlanNode.WindowAssign assign && assign.window() instanceof WindowSpec.Session session) {
            return window(node, assign.input(), session);
        }
        if (node instanceof OverNode over && over.when() == OverNode.When.TIME) {
            return List.of(new Drop(
                    node,
                    over.input(),
                    moments(over.input(), over.collations().get(0).column())));
        }
        if (node instanceof MatchNode match && match.arrangement() == MatchNode.Arrangement.EVENT_TIME) {
            return List.of(new Drop(
                    node,
                    match.input(),
                    moments(match.input(), match.order().get(0).column())));
        }
        if (node instanceof OrderNode.TimeSort sort) {
            return List.of(new Drop(
                    node,
                    sort.input(),
                    moments(sort.input(), sort.collations().get(0).column())));
        }
        if (node instanceof OrderNode.WindowRank rank) {
            return carried(node, rank.input(), rank.windowEnd());
        }
        if (node instanceof JoinNode.Window join) {
            List<Drop> drops = new ArrayList<>(carried(node, join.left(), join.leftEnd()));
            drops.addAll(carried(node, join.right(), join.rightEnd()));
            return drops;
        }
        return List.of();
    }

    private static List<Drop> window(PlanNode node, PlanNode input, WindowSpec window) {
        return window.time().domain() == TimeDomain.EVENT ? List.of(new Drop(node, input, window)) : List.of();
    }

    /** The windows of an aggregation, with its keys where they are sessions, open for as long as it takes late rows. */
    private static WindowSpec ruled(AggregateNode.Window node) {
        WindowSpec.Time time = node.window().time();
        long lateness = node.emission().latenessMillis();
        WindowSpec window = node.window() instanceof WindowSpec.Session session
                ? new WindowSpec.Session(time, session.gap(), node.keys())
                : node.window();
        return window.withTime(
                new WindowSpec.Time(time.column(), time.domain(), time.zone(), time.offsetMillis() - lateness));
    }

    /** The rule of an operator that drops each row behind the watermark. */
    private static WindowSpec moments(PlanNode input, int column) {
        return new WindowSpec.Tumble(new WindowSpec.Time(column, TimeDomain.EVENT, UTC, offset(input, column)), 1, 0);
    }

    private static long offset(PlanNode input, int column) {
        return input.info().stream().times().stream()
                .filter(time -> time.column() == column)
                .mapToLong(TimeColumn::offsetMillis)
                .findFirst()
                .orElse(0);
    }

    private static List<Drop> carried(PlanNode node, PlanNode input, int end) {
        return assigned(input)
                .filter(window -> window.time().domain() == TimeDomain.EVENT)
                .map(window -> new WindowSpec.Attached(
                        new WindowSpec.Time(end, TimeDomain.EVENT, window.time().zone(), offset(input, end)), window))
                .map(window -> new Drop(node, input, window))
                .stream()
                .toList();
    }

    private static Optional<WindowSpec> assigned(PlanNode node) {
        return node instanceof PlanNode.WindowAssign assign
                ? Optional.of(assign.window())
                : node.inputs().stream()
                        .flatMap(input -> assigned(input).stream())
                        .findFirst();
    }

    /** The branches that bring the rows of a node with the rows of tables; none where rows are made of several. */
    private List<Wide> wide(PlanNode node, boolean onlyBehind) {
        if (node instanceof PlanNode.SourceScan scan) {
            return source(scan, onlyBehind).stream().toList();
        }
        if (node instanceof PlanNode.Calc calc) {
            return wide(calc.input(), onlyBehind).stream()
                    .map(input -> calc(calc, input))
                    .toList();
        }
        if (node instanceof PlanNode.Exchange exchange) {
            return wide(exchange.input(), onlyBehind);
        }
        if (node instanceof PlanNode.WindowAssign assign && !(assign.window() instanceof WindowSpec.Session)) {
            return wide(assign.input(), onlyBehind).stream()
                    .map(input -> assign(assign, input))
                    .toList();
        }
        if (node instanceof PlanNode.Union union) {
            return union.inputs().stream()
                    .flatMap(input -> wide(input, onlyBehind).stream())
                    .toList();
        }
        return List.of();
    }

    private Optional<Wide> source(PlanNode.SourceScan scan, boolean onlyBehind) {
        Optional<Table> late = build.lateTable(scan.table());
        if (late.isEmpty() || !scan.cutLate() || scan.info().stream().changelog() != ChangelogMode.APPEND_ONLY) {
            return Optional.empty();
        }
        PlanNode rows = scan;
        if (onlyBehind
                && scan.eventTime()
                                .flatMap(PlanNode.EventTime::ofRows)
                                .map(PlanNode.RowTime::timestamp)
                                .orElse(null)
                        instanceof RexInputRef time) {
            rows = new LateRows(
                    build.info("late-rows", scan.schema(), scan.info().stream()),
                    scan,
                    moments(scan, time.getIndex()),
                    false);
        }
        int columns = scan.schema().size();
        List<RexNode> projections = new ArrayList<>(
                build.refs(scan.schema(), IntStream.range(0, columns).boxed().toList()));
        projections.addAll(scans.lateColumns(scan.table(), late.get()));
        PlanNode wide = project(rows, Optional.empty(), projections, names(late.get(), scan.schema()));
        return Optional.of(
                new Wide(late.get(), wide, IntStream.range(0, columns).toArray(), columns));
    }

    private static List<String> names(Table late, Schema columns) {
        List<String> names = new ArrayList<>();
        columns.fields().forEach(field -> names.add(field.name()));
        kept(late).forEach(field -> names.add(field.name()));
        return names;
    }

    /** The columns of the table in the stream of its late rows. */
    private static List<Field> kept(Table late) {
        List<Field> fields = late.sinkSchema().fields();
        return fields.subList(0, fields.size() - LateTable.ADDED);
    }

    private Wide calc(PlanNode.Calc calc, Wide input) {
        List<RexNode> projections = new ArrayList<>();
        calc.projections().forEach(node -> projections.add(moved(node, input.at())));
        int columns = projections.size();
        int kept = kept(input.late()).size();
        projections.addAll(build.refs(
                input.node().schema(),
                IntStream.range(input.row(), input.row() + kept).boxed().toList()));
        PlanNode node = project(
                input.node(),
                calc.condition().map(condition -> moved(condition, input.at())),
                projections,
                names(input.late(), calc.schema()));
        return new Wide(input.late(), node, IntStream.range(0, columns).toArray(), columns);
    }

    private PlanNode project(
            PlanNode input, Optional<RexNode> condition, List<RexNode> projections, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            fields.add(new Field(
                    names.get(i), CalciteTypes.toCatalog(projections.get(i).getType())));
        }
        return new PlanNode.Calc(info("calc", input, Build.unique(fields)), input, condition, projections);
    }

    private NodeInfo info(String kind, PlanNode input, Schema schema) {
        return build.info(kind, schema, Build.plain(input.info().stream().bounded()));
    }

    private Wide assign(PlanNode.WindowAssign assign, Wide input) {
        int columns = assign.input().schema().size();
        int wide = input.node().schema().size();
        List<Field> fields = new ArrayList<>(input.node().schema().fields());
        int[] at = new int[columns + 3];
        System.arraycopy(input.at(), 0, at, 0, columns);
        for (int i = 0; i < 3; i++) {
            fields.add(assign.schema().fields().get(columns + i));
            at[columns + i] = wide + i;
        }
        PlanNode node = new PlanNode.WindowAssign(
                info("window-assign", input.node(), Build.unique(fields)),
                input.node(),
                over(assign.window(), input.at()));
        return new Wide(input.late(), node, at, input.row());
    }

    private static WindowSpec over(WindowSpec window, int[] at) {
        WindowSpec.Time time = window.time();
        WindowSpec moved = window instanceof WindowSpec.Session session
                ? new WindowSpec.Session(
                        time,
                        session.gap(),
                        session.partitionKeys().stream().map(key -> at[key]).toList())
                : window;
        return moved.withTime(new WindowSpec.Time(at[time.column()], time.domain(), time.zone(), time.offsetMillis()));
    }

    private static RexNode moved(RexNode node, int[] at) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(at[ref.getIndex()], ref.getType());
            }
        });
    }

    private PlanNode sink(Table table, List<PlanNode> inputs) {
        PlanNode first = inputs.get(0);
        PlanNode all = inputs.size() == 1 ? first : new PlanNode.Union(info("union", first, first.schema()), inputs);
        return new PlanNode.TableSink(info("late-sink", all, all.schema()), all, table, List.of(), false, true);
    }

    /** The rows of a branch that are late, as their stream has them. */
    private PlanNode late(Drop drop, Wide wide, String written) {
        WindowSpec window = over(drop.window(), wide.at());
        PlanNode input = wide.node();
        if (window instanceof WindowSpec.Session session) {
            input = new PlanNode.Exchange(info("exchange", input, input.schema()), input, session.partitionKeys());
        }
        Schema table = wide.late().sinkSchema();
        List<Field> fields = new ArrayList<>(input.schema().fields());
        DataType watermark = table.type(table.size() - 1);
        fields.add(new Field(LateTable.WATERMARK, watermark));
        PlanNode late = new LateRows(info("late-rows", input, Build.unique(fields)), input, window, true);
        int kept = kept(wide.late()).size();
        List<RexNode> projections = new ArrayList<>(build.refs(
                late.schema(),
                IntStream.range(wide.row(), wide.row() + kept).boxed().toList()));
        projections.add(text(drop.by().info().name()));
        projections.add(text(written));
        projections.addAll(build.refs(late.schema(), List.of(fields.size() - 1)));
        return project(
                late,
                Optional.empty(),
                projections,
                table.fields().stream().map(Field::name).toList());
    }

    private RexNode text(String value) {
        return build.rex.makeLiteral(value, CalciteTypes.toCalcite(AtomicType.STRING, build.types()), false, false);
    }
}
