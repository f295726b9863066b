package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.TimeAttribute;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.NodeInfo;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.SimpleComparison;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import io.sabot.planner.resolve.LateTable;
import io.sabot.planner.validate.TableRelation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * One scan for each table of a plan, however often it is named: it decodes what any of them reads, and each has its own
 * filter and projection on top.
 */
final class Scans {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;
    private final SourceRules rules;
    private final ScanCheck check;
    private final Map<Table, Use> uses = new LinkedHashMap<>();
    private final Map<Table, Stage> stages = new LinkedHashMap<>();

    Scans(Build build, Calcs calcs, Exchanges exchanges) {
        this.exchanges = exchanges;
        this.build = build;
        this.calcs = calcs;
        this.rules = new SourceRules(build.options.descriptors());
        this.check = new ScanCheck(build, rules);
    }

    /** What the plan reads of one table. */
    private static final class Use {
        final TableExpressions expressions;
        final ScanLayout layout;
        /** Conjuncts that all readers so far have; null before the first. */
        @Nullable
        Set<RexNode> common;

        Use(TableExpressions expressions, ScanLayout layout) {
            this.expressions = expressions;
            this.layout = layout;
        }

        List<RexNode> expand(List<RexNode> overColumns) {
            return overColumns.stream().map(expressions::expand).toList();
        }
    }

    /** Notes every table that the tree reads, and what of it. Called for all trees of a plan before any {@link #scan}. */
    void collect(RelNode rel) {
        Chain chain = Chain.peel(rel);
        if (chain.base() instanceof TableScan scan) {
            collect(scan, chain);
        } else if (chain.over().isPresent()) {
            collect(new OverSplit(chain, chain.over().get()).below());
        } else if (chain.base() != rel) {
            collect(chain.base());
        } else {
            rel.getInputs().forEach(this::collect);
        }
    }

    private void collect(TableScan scan, Chain chain) {
        Use use = uses.computeIfAbsent(table(scan), this::newUse);
        List<RexNode> conjuncts =
                chain.conjuncts().stream().map(use.expressions::expand).toList();
        conjuncts.forEach(use.layout::require);
        chain.projections().forEach(projection -> use.layout.require(use.expressions.expand(projection)));
        if (use.common == null) {
            use.common = new LinkedHashSet<>(conjuncts);
        } else {
            use.common.retainAll(new LinkedHashSet<>(conjuncts));
        }
    }

    private Use newUse(Table table) {
        Use use = new Use(
                new TableExpressions(
                        table,
                        build.frontend,
                        build.places().ofTable(table.name().name())),
                new ScanLayout(table, build.rex));
        if (changelog(table, List.of()) != ChangelogMode.APPEND_ONLY) {
            RelDataType row = build.row(table.schema());
            table.primaryKey()
                    .forEach(name -> use.layout.require(
                            RexInputRef.of(table.schema().indexOf(name).orElseThrow(), row)));
        }
        if (build.isTimed(table)) {
            use.expressions.watermark().ifPresent(use.layout::require);
            timestamp(table, use).ifPresent(use.layout::require);
        }
        build.lateTable(table).ifPresent(late -> lateColumns(table, late, use).forEach(use.layout::require));
        return use;
    }

    /** What the stream of a table's late rows keeps of a row, over the columns of the table's scan. */
    List<RexNode> lateColumns(Table table, Table late) {
        Use use = uses.get(table);
        if (use == null) {
            throw new AssertionError("table was not collected: " + table.name());
        }
        return lateColumns(table, late, use).stream().map(use.layout::rewrite).toList();
    }

    /** By name: the table may have changed since the stream was made. */
    private List<RexNode> lateColumns(Table table, Table late, Use use) {
        RelDataType row = build.row(table.schema());
        List<Field> kept = late.sinkSchema().fields();
        List<RexNode> columns = new ArrayList<>();
        for (Field field : kept.subList(0, kept.size() - LateTable.ADDED)) {
            OptionalInt index = table.schema().indexOf(field.name());
            boolean same =
                    index.isPresent() && table.schema().type(index.getAsInt()).sameIgnoringNull(field.type());
            columns.add(
                    same
                            ? use.expressions.column(
                                    index.getAsInt(),
                                    row.getFieldList().get(index.getAsInt()).getType())
                            : build.rex.makeNullLiteral(CalciteTypes.toCalcite(field.type(), build.types())));
        }
        return columns;
    }

    private Optional<RexNode> timestamp(Table table, Use use) {
        OptionalInt column = use.expressions.timeColumn();
        if (column.isEmpty()) {
            return Optional.empty();
        }
        RelDataType row = build.row(table.schema());
        return Optional.of(use.expressions.column(
                column.getAsInt(), row.getFieldList().get(column.getAsInt()).getType()));
    }

    /** Tables that the plan reads. */
    Set<Table> tables() {
        return uses.keySet();
    }

    /** The rows of a chain that stands on a table. */
    Stage scan(Chain chain, List<String> names) {
        Table table = table((TableScan) chain.base());
        Use use = uses.get(table);
        if (use == null) {
            throw new AssertionError("table was not collected: " + table.name());
        }
        Stage scan = stages.computeIfAbsent(table, key -> newScan(key, use));
        List<RexNode> conjuncts = use.expand(chain.conjuncts());
        KnownValues known = KnownValues.of(conjuncts, build.rex);
        RexNode eventTime = build.isTimed(table)
                ? timestamp(table, use)
                        .map(known::simplify)
                        .map(use.layout::rewrite)
                        .orElse(null)
                : null;
        List<RexNode> projections = use.expand(chain.projections()).stream()
                .map(known::simplify)
                .map(use.layout::rewrite)
                .toList();
        return calcs.apply(scan, conjuncts.stream().map(use.layout::rewrite).toList(), projections, names, eventTime);
    }

    /** What a table holds at any time, for an operator that reads it by itself. */
    Stage content(Chain chain, List<String> names) {
        Table table = table((TableScan) chain.base());
        Use use = uses.get(table);
        if (use == null) {
            throw new AssertionError("table was not collected: " + table.name());
        }
        check.readable(table);
        List<ScanColumn> columns = use.layout.columns();
        StreamProperties stream =
                new StreamProperties(ChangelogMode.APPEND_ONLY, key(table, columns), List.of(), true, false);
        PlanNode scan = new PlanNode.SourceScan(
                info(schema(columns), stream, table), table, columns, Optional.empty(), List.of(), false, true);
        return calcs.apply(
                new Stage(scan, Distribution.ANY, List.of(), Set.of()),
                use.expand(chain.conjuncts()).stream().map(use.layout::rewrite).toList(),
                use.expand(chain.projections()).stream()
                        .map(use.layout::rewrite)
                        .toList(),
                names);
    }

    private Stage newScan(Table table, Use use) {
        check.readable(table);
        check.ends(table);
        check.keyed(table, use.layout.columns());
        boolean timed = build.isTimed(table);
        Optional<PlanNode.EventTime> eventTime = timed ? Optional.of(eventTime(table, use)) : Optional.empty();
        List<ScanColumn> columns = use.layout.columns();
        ChangelogMode changelog = changelog(table, columns);
        Schema schema = schema(columns);
        List<List<Integer>> keys = key(table, columns);
        StreamProperties stream =
                new StreamProperties(changelog, keys, times(table, columns, eventTime), isBounded(table), false);
        boolean ends = build.options.stopsSources() && (table.connector().isEmpty() || !rules.isBounded(table));
        PlanNode scan = new PlanNode.SourceScan(
                info(schema, stream, table),
                table,
                columns,
                eventTime,
                changelog == ChangelogMode.APPEND_ONLY ? pushed(use) : pushedByKey(use, keys),
                timed && build.isCut(table),
                ends);
        Stage stage = new Stage(scan, Distribution.ANY, List.of(), Set.of(table));
        return switch (changelog) {
            case APPEND_ONLY -> stage;
            case UPSERT -> normalized(stage, table);
            case RETRACT -> build.options.atEnd() && !build.isHistory(table) ? collected(stage) : stage;
        };
    }

    private ChangelogMode changelog(Table table, List<ScanColumn> columns) {
        return rules.changelog(
                table, build.options.stopsSources(), build.options.keyedChanges() || ScanCheck.readsMetadata(columns));
    }

    private static Schema schema(List<ScanColumn> columns) {
        return new Schema(columns.stream()
                .map(column -> new Field(column.label(), column.type()))
                .toList());
    }

    private boolean isBounded(Table table) {
        return build.options.stopsSources() || (table.connector().isPresent() && rules.isBounded(table));
    }

    /** A scan comes from where its table is named. */
    private NodeInfo info(Schema schema, StreamProperties stream, Table table) {
        NodeInfo info = build.info("source", schema, stream);
        return new NodeInfo(
                info.name(), schema, stream, build.places().ofTable(table.name().name()));
    }

    private PlanNode.EventTime eventTime(Table table, Use use) {
        Optional<PlanNode.RowTime> ofRows = timestamp(table, use)
                .map(timestamp -> new PlanNode.RowTime(
                        use.layout.rewrite(timestamp),
                        use.layout.rewrite(use.expressions.watermark().orElseThrow())));
        long idleTimeoutMillis = rules.idleTimeoutMillis(table, build.options.idleTimeoutMillis());
        return new PlanNode.EventTime(ofRows, idleTimeoutMillis, ofRows.isPresent() && build.isStepped(table));
    }

    private static List<TimeColumn> times(
            Table table, List<ScanColumn> columns, Optional<PlanNode.EventTime> eventTime) {
        if (eventTime.isEmpty()) {
            return List.of();
        }
        if (eventTime.get().ofRows().isPresent()) {
            return eventTime.get().ofRows().get().timestamp() instanceof RexInputRef ref
                    ? List.of(new TimeColumn(ref.getIndex(), TimeDomain.EVENT, 0))
                    : List.of();
        }
        List<TimeColumn> times = new ArrayList<>();
        for (TimeAttribute time : table.times()) {
            for (int i = 0; i < columns.size(); i++) {
                if (isColumn(columns.get(i), time.column())) {
                    times.add(new TimeColumn(i, TimeDomain.EVENT, time.offsetMillis()));
                }
            }
        }
        return times;
    }

    private static boolean isColumn(ScanColumn column, String name) {
        return column instanceof ScanColumn.Physical physical && physical.path().equals(List.of(name));
    }

    private static List<List<Integer>> key(Table table, List<ScanColumn> columns) {
        List<Integer> key = new ArrayList<>();
        for (String name : table.primaryKey()) {
            for (int i = 0; i < columns.size(); i++) {
                if (isColumn(columns.get(i), name)) {
                    key.add(i);
                }
            }
        }
        return !key.isEmpty() && key.size() == table.primaryKey().size() ? List.of(key) : List.of();
    }

    private List<RexNode> pushed(Use use) {
        return use.common == null
                ? List.of()
                : use.common.stream()
                        .map(use.layout::rewrite)
                        .filter(SimpleComparison::isSimple)
                        .toList();
    }

    /** Of a row that changes, a source may reject all versions or none: what it tests must be the same in each. */
    private List<RexNode> pushedByKey(Use use, List<List<Integer>> keys) {
        ImmutableBitSet key =
                ImmutableBitSet.of(keys.stream().flatMap(List::stream).toList());
        return pushed(use).stream()
                .filter(comparison -> key.contains(RelOptUtil.InputFinder.bits(comparison)))
                .toList();
    }

    private Stage collected(Stage scan) {
        List<Integer> all = IntStream.range(0, scan.schema().size()).boxed().toList();
        Stage grouped = exchanges.byKeys(scan, all);
        StreamProperties in = scan.stream();
        StreamProperties stream =
                new StreamProperties(ChangelogMode.APPEND_ONLY, in.upsertKeys(), in.times(), in.bounded(), true);
        PlanNode node =
                new PlanNode.ChangelogCollect(build.info("changelog-collect", scan.schema(), stream), grouped.node());
        return new Stage(node, grouped.distribution(), List.of(), scan.sources());
    }

    private Stage normalized(Stage scan, Table table) {
        List<List<Integer>> keys = scan.stream().upsertKeys();
        if (keys.isEmpty()) {
            throw build.notSupported("table '" + table.name().name() + "' needs its primary key columns in the query")
                    .why("its records are changes by key");
        }
        boolean atEnd = build.options.atEnd() && !build.isHistory(table);
        Stage keyed = exchanges.byKeys(scan, keys.get(0));
        StreamProperties stream = new StreamProperties(
                atEnd ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT,
                keys,
                scan.stream().times(),
                scan.stream().bounded(),
                atEnd);
        PlanNode node = new PlanNode.ChangelogNormalize(
                build.keeping("changelog-normalize", scan.schema(), stream, scan), keyed.node(), keys.get(0));
        return new Stage(node, keyed.distribution(), List.of(), scan.sources());
    }

    /** The table of a scan, with the options of a hint over its own. */
    static Table table(TableScan scan) {
        TableRelation relation = scan.getTable().unwrap(TableRelation.class);
        if (relation == null) {
            throw new AssertionError(
                    "not a table of the catalog: " + scan.getTable().getQualifiedName());
        }
        Table table = relation.table();
        Map<String, String> options = new LinkedHashMap<>(table.options());
        for (RelHint hint : scan.getHints()) {
            if (hint.hintName.equalsIgnoreCase("OPTIONS")) {
                options.putAll(hint.kvOptions);
            }
        }
        return options.equals(table.options()) ? table : table.withOptions(options);
    }
}
