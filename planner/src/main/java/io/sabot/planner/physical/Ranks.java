package io.sabot.planner.physical;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OrderNode.Collation;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.RankFunction;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import io.sabot.planner.plan.WindowSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;

/** A rank with a filter on it: the first rows of each partition, of each window, or one row per key. */
final class Ranks {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;
    private final Function<RelNode, Stage> translate;

    /** @param translate for what stands below */
    Ranks(Build build, Calcs calcs, Exchanges exchanges, Function<RelNode, Stage> translate) {
        this.translate = translate;
        this.build = build;
        this.calcs = calcs;
        this.exchanges = exchanges;
    }

    /** The rows that pass a filter on a rank; empty when there is none, or when other OVER calls are computed too. */
    Optional<Stage> translate(OverSplit split, List<String> names) {
        Optional<RankFilter> found = RankFilter.find(split.conjuncts());
        if (found.isEmpty() && !build.options.atEnd()) {
            found = RankFilter.findByColumn(split.conjuncts());
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        RankFilter filter = found.get();
        List<RexNode> above = new ArrayList<>(split.outputs());
        above.addAll(filter.rest());
        Set<RexOver> calls = OverSplit.calls(above);
        if (!calls.isEmpty() && !calls.equals(Set.of(filter.rank()))) {
            return Optional.empty();
        }
        List<Integer> partition = split.partition(filter.rank());
        List<Collation> collations = split.collations(filter.rank());
        Stage below = translate.apply(split.below());
        Ranked ranked = ranked(below, filter, partition, collations, !calls.isEmpty());
        Map<RexOver, RexNode> results = Map.of(filter.rank(), ranked.rank());
        return Optional.of(calcs.apply(
                ranked.stage(), split.above(filter.rest(), results), split.above(split.outputs(), results), names));
    }

    /**
     * All rows as versions, if the newest one by event time is kept of each partition: each was kept when it was newest.
     * The columns of the result are those of the split, then the partition and the time.
     */
    Optional<Versions> versions(OverSplit split) {
        Optional<RankFilter> found = RankFilter.find(split.conjuncts())
                .filter(filter -> filter.isFirstRow() && filter.rest().isEmpty());
        if (found.isEmpty() || !Set.of(found.get().rank()).equals(split.calls())) {
            return Optional.empty();
        }
        RexOver rank = found.get().rank();
        List<Integer> partition = split.partition(rank);
        List<Collation> collations = split.collations(rank);
        if (partition.isEmpty() || collations.size() != 1 || !collations.get(0).descending()) {
            return Optional.empty();
        }
        Stage below = translate.apply(split.below());
        int time = collations.get(0).column();
        if (!below.isAppendOnly() || below.eventTime(time).isEmpty()) {
            return Optional.empty();
        }
        RexNode first = build.rex.makeExactLiteral(BigDecimal.ONE, rank.getType());
        List<RexNode> outputs = new ArrayList<>(split.above(split.outputs(), Map.of(rank, first)));
        int width = outputs.size();
        outputs.addAll(build.refs(below.schema(), partition));
        outputs.addAll(build.refs(below.schema(), List.of(time)));
        List<String> names = IntStream.range(0, outputs.size())
                .mapToObj(column -> "$version" + column)
                .toList();
        Stage stage = calcs.apply(below, List.of(), outputs, names);
        List<Integer> key = IntStream.range(0, partition.size())
                .mapToObj(column -> keyColumn(outputs, width, column))
                .toList();
        return stage.eventTime(outputs.size() - 1)
                .map(column -> new Versions(stage, List.of(key), Optional.of(column)));
    }

    /** Where a condition on the key would look for it: among the columns of the view, if it is there. */
    private static int keyColumn(List<RexNode> outputs, int width, int column) {
        int at = outputs.subList(0, width).indexOf(outputs.get(width + column));
        return at < 0 ? width + column : at;
    }

    /** The rows kept, and the expression over them that is their rank. */
    private record Ranked(Stage stage, RexNode rank) {}

    private Ranked ranked(
            Stage below, RankFilter filter, List<Integer> partition, List<Collation> collations, boolean withRank) {
        Optional<CarriedWindow> window = window(below, partition);
        if (window.isEmpty() && filter.isFirstRow() && below.isAppendOnly()) {
            RexNode first =
                    build.rex.makeExactLiteral(BigDecimal.ONE, filter.rank().getType());
            return new Ranked(deduplicate(below, partition, collations), first);
        }
        Stage placed = exchanges.byKeys(below, partition);
        Schema schema = withRank ? withRank(below.schema()) : below.schema();
        PlanNode node = window.isPresent()
                ? windowRank(placed, schema, filter, partition, collations, window.get())
                : rank(placed, schema, filter, partition, collations);
        Stage stage =
                new Stage(node, placed.distribution(), window.map(List::of).orElse(List.of()), placed.sources());
        return new Ranked(
                stage, new RexInputRef(below.schema().size(), filter.rank().getType()));
    }

    /** Windows by which rows are ranked: both ends are in the partition. */
    private static Optional<CarriedWindow> window(Stage input, List<Integer> partition) {
        return input.windows().stream()
                .filter(window -> input.isAppendOnly()
                        && partition.contains(window.start())
                        && partition.contains(window.end())
                        && input.time(window.end()).isPresent())
                .findFirst();
    }

    private static Schema withRank(Schema schema) {
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(new Field("$rank", AtomicType.BIGINT.withNullable(false)));
        return Build.unique(fields);
    }

    private PlanNode windowRank(
            Stage input,
            Schema schema,
            RankFilter filter,
            List<Integer> partition,
            List<Collation> collations,
            CarriedWindow window) {
        if (input.time(window.end()).orElseThrow().domain() == TimeDomain.EVENT) {
            build.demand.late(input);
        }
        boolean one = filter.function() == RankFunction.ROW_NUMBER && filter.from() == 1 && filter.to() == 1;
        boolean latest = one && collations.size() == 1 && isLatest(input, collations.get(0));
        Set<Integer> columns = Set.of(window.start(), window.end(), window.time() < 0 ? -2 : window.time());
        List<TimeColumn> times = input.stream().times().stream()
                .filter(time -> columns.contains(time.column()))
                .toList();
        StreamProperties in = input.stream();
        StreamProperties stream = new StreamProperties(
                ChangelogMode.APPEND_ONLY,
                keys(in, schema, filter, partition, input.schema().size()),
                times,
                in.bounded(),
                in.emitAtEnd());
        return new OrderNode.WindowRank(
                build.info("window-rank", schema, stream),
                input.node(),
                filter.function(),
                partition,
                collations,
                filter.from(),
                filter.to(),
                schema.size() > input.schema().size(),
                window.end(),
                latest);
    }

    /** Whether an order is by time, the latest first: then of rows of equal time the one that came last is first. */
    private static boolean isLatest(Stage input, Collation collation) {
        return collation.descending()
                && (input.time(collation.column()).isPresent() || isTimeOfSession(input.node(), collation.column()));
    }

    /** Whether a column is the time by which sessions were found: the watermark tells nothing of it behind them. */
    private static boolean isTimeOfSession(PlanNode node, int column) {
        if (node instanceof PlanNode.Exchange exchange) {
            return isTimeOfSession(exchange.input(), column);
        }
        if (node instanceof PlanNode.Calc calc) {
            if (calc.projections().isEmpty()) {
                return isTimeOfSession(calc.input(), column);
            }
            return calc.projections().get(column) instanceof RexInputRef ref
                    && isTimeOfSession(calc.input(), ref.getIndex());
        }
        return node instanceof PlanNode.WindowAssign assign
                && assign.window() instanceof WindowSpec.Session
                && assign.input().info().stream().times().stream().anyMatch(time -> time.column() == column);
    }

    private PlanNode rank(
            Stage input, Schema schema, RankFilter filter, List<Integer> partition, List<Collation> collations) {
        boolean atEnd = build.options.atEnd();
        StreamProperties in = input.stream();
        StreamProperties stream = new StreamProperties(
                atEnd ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT,
                keys(in, schema, filter, partition, input.schema().size()),
                List.of(),
                in.bounded(),
                atEnd);
        return new OrderNode.Rank(
                build.keeping("rank", schema, stream, input),
                input.node(),
                filter.function(),
                partition,
                collations,
                filter.from(),
                filter.to(),
                schema.size() > input.schema().size());
    }

    /** A row is known by what knew it before; by its place, if that is in it; by its partition, if only one place is kept. */
    private static List<List<Integer>> keys(
            StreamProperties in, Schema schema, RankFilter filter, List<Integer> partition, int rankColumn) {
        List<List<Integer>> keys = new ArrayList<>();
        if (filter.function() == RankFunction.ROW_NUMBER) {
            if (filter.from() >= filter.to()) {
                keys.add(partition);
            } else if (schema.size() > rankColumn) {
                List<Integer> place = new ArrayList<>(partition);
                place.add(rankColumn);
                keys.add(place);
            }
        }
        keys.addAll(in.upsertKeys());
        return keys;
    }

    private Stage deduplicate(Stage input, List<Integer> partition, List<Collation> collations) {
        Stage placed = exchanges.byKeys(input, partition);
        Optional<TimeColumn> time =
                collations.size() == 1 ? placed.time(collations.get(0).column()) : Optional.empty();
        boolean byArrival = collations.isEmpty()
                || time.filter(column -> column.domain() == TimeDomain.PROCESSING)
                        .isPresent();
        boolean latest = collations.size() == 1 && isLatest(placed, collations.get(0));
        if (latest && !byArrival) {
            build.demand.time(placed);
        }
        boolean grows = byArrival && !latest;
        boolean atEnd = build.options.atEnd() && !grows;
        StreamProperties in = placed.stream();
        StreamProperties stream = new StreamProperties(
                grows || atEnd ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT,
                List.of(partition),
                grows ? in.times() : List.of(),
                in.bounded(),
                grows ? in.emitAtEnd() : atEnd);
        PlanNode node = new OrderNode.Deduplicate(
                build.keeping("deduplicate", placed.schema(), stream, placed),
                placed.node(),
                partition,
                byArrival ? List.of() : collations,
                latest);
        return new Stage(node, placed.distribution(), grows ? placed.windows() : List.of(), placed.sources());
    }
}
