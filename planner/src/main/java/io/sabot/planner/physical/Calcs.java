package io.sabot.planner.physical;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.function.SabotFunctions;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** Puts filters and projections on a stage, joined with those that are there. */
final class Calcs {
    private final Build build;
    private final Exchanges exchanges;

    Calcs(Build build) {
        this.build = build;
        this.exchanges = new Exchanges(build);
    }

    /** Names of the result come from {@code names}. */
    Stage apply(Stage input, List<RexNode> conjuncts, List<RexNode> projections, List<String> names) {
        return apply(input, conjuncts, projections, names, null);
    }

    /**
     * As above.
     *
     * @param eventTime an expression over the input that carries its event time, beyond the columns known to; or null
     */
    Stage apply(
            Stage input,
            List<RexNode> conjuncts,
            List<RexNode> projections,
            List<String> names,
            @Nullable RexNode eventTime) {
        Schema schema = schema(projections, names);
        if (conjuncts.isEmpty() && isIdentity(input.schema(), projections, schema)) {
            return input;
        }
        checkRepeatable(input, conjuncts);
        if (Stream.concat(conjuncts.stream(), projections.stream())
                .anyMatch(node -> RexUtil.findOperatorCall(SabotFunctions.CURRENT_WATERMARK, node) != null)) {
            build.demand.steps(input);
        }
        if (!input.isAppendOnly() && !projections.stream().allMatch(RexUtil::isDeterministic)) {
            return remember(input, conjuncts, projections, schema, eventTime);
        }
        StreamProperties stream = stream(input, projections, eventTime);
        PlanNode below = input.node();
        List<RexNode> allConjuncts = conjuncts;
        List<RexNode> allProjections = projections;
        if (below instanceof PlanNode.Calc calc && isRepeatable(calc)) {
            allConjuncts = new ArrayList<>();
            calc.condition().map(RelOptUtil::conjunctions).ifPresent(allConjuncts::addAll);
            for (RexNode conjunct : conjuncts) {
                allConjuncts.add(Chain.inline(conjunct, calc.projections()));
            }
            allProjections = projections.stream()
                    .map(projection -> Chain.inline(projection, calc.projections()))
                    .toList();
            below = calc.input();
        }
        if (allConjuncts.isEmpty() && isIdentity(below.schema(), allProjections, schema)) {
            return new Stage(below, distribution(input, projections), windows(input, projections), input.sources());
        }
        Optional<RexNode> condition = allConjuncts.isEmpty()
                ? Optional.empty()
                : Optional.of(RexUtil.composeConjunction(build.rex, allConjuncts));
        PlanNode.Calc calc = new PlanNode.Calc(build.info("calc", schema, stream), below, condition, allProjections);
        return new Stage(calc, distribution(input, projections), windows(input, projections), input.sources());
    }

    /** Others may read the same node. */
    private static boolean isRepeatable(PlanNode.Calc calc) {
        return calc.projections().stream().allMatch(RexUtil::isDeterministic)
                && calc.condition().stream().allMatch(RexUtil::isDeterministic);
    }

    /** A row that is taken back must meet a condition as it did when it was given. */
    void checkRepeatable(Stage input, List<RexNode> conjuncts) {
        if (!input.isAppendOnly() && !conjuncts.stream().allMatch(RexUtil::isDeterministic)) {
            throw build.notSupported(
                            "a function whose value differs each time cannot stand in a condition over rows that change")
                    .why("a row that is taken back could be kept where it was dropped, or dropped where it was kept")
                    .hint(
                            "select it as a column in a sub-query below the aggregation or join, or write a plain SELECT");
        }
    }

    /** What cannot be computed again is kept with each row. */
    private Stage remember(
            Stage input,
            List<RexNode> conjuncts,
            List<RexNode> projections,
            Schema schema,
            @Nullable RexNode eventTime) {
        List<Integer> all = Aggregates.range(input.schema().size());
        List<String> names = input.schema().fields().stream().map(Field::name).toList();
        Stage kept = conjuncts.isEmpty() ? input : apply(input, conjuncts, build.refs(input.schema(), all), names);
        Stage placed = exchanges.byKeys(kept, all);
        List<Integer> remembered = IntStream.range(0, projections.size())
                .filter(i -> !RexUtil.isDeterministic(projections.get(i)))
                .boxed()
                .toList();
        StreamProperties computed = stream(placed, projections, eventTime);
        StreamProperties stream = new StreamProperties(
                computed.changelog(),
                computed.upsertKeys(),
                computed.times().stream()
                        .filter(time -> !remembered.contains(time.column()))
                        .toList(),
                computed.bounded(),
                computed.emitAtEnd());
        PlanNode node =
                new PlanNode.Remember(build.info("remember", schema, stream), placed.node(), projections, remembered);
        return new Stage(node, distribution(placed, projections), windows(placed, projections), placed.sources());
    }

    private static boolean isIdentity(Schema input, List<RexNode> projections, Schema schema) {
        if (projections.size() != input.size()) {
            return false;
        }
        for (int i = 0; i < projections.size(); i++) {
            if (!(projections.get(i) instanceof RexInputRef ref)
                    || ref.getIndex() != i
                    || !schema.name(i).equals(input.name(i))) {
                return false;
            }
        }
        return true;
    }

    private static Schema schema(List<RexNode> projections, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            fields.add(new Field(
                    names.get(i), CalciteTypes.toCatalog(projections.get(i).getType())));
        }
        return new Schema(fields);
    }

    private static StreamProperties stream(Stage input, List<RexNode> projections, @Nullable RexNode eventTime) {
        StreamProperties in = input.stream();
        List<TimeColumn> times = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            int column = i;
            time(input, projections.get(i), eventTime)
                    .ifPresent(time -> times.add(new TimeColumn(column, time.domain(), time.offsetMillis())));
        }
        List<List<Integer>> keys = in.upsertKeys().stream()
                .map(key -> mapped(reduced(key, input, projections), projections))
                .flatMap(Optional::stream)
                .toList();
        return new StreamProperties(in.changelog(), keys, times, in.bounded(), in.emitAtEnd());
    }

    /** A key without the bounds of windows that go, where one that stays tells them. */
    private static List<Integer> reduced(List<Integer> key, Stage input, List<RexNode> projections) {
        List<Integer> left = new ArrayList<>(key);
        for (CarriedWindow window : input.windows()) {
            boolean told = window.telling().stream()
                    .anyMatch(column -> key.contains(column) && position(column, projections) >= 0);
            if (told) {
                left.removeIf(column -> window.columns().contains(column) && position(column, projections) < 0);
            }
        }
        return left;
    }

    private static Optional<TimeColumn> time(Stage input, RexNode projection, @Nullable RexNode eventTime) {
        Optional<TimeDomain> clock = TimeExpressions.domain(projection);
        if (clock.isPresent()) {
            return clock.map(domain -> new TimeColumn(-1, domain, 0));
        }
        if (eventTime != null && projection.equals(eventTime)) {
            return Optional.of(new TimeColumn(-1, TimeDomain.EVENT, 0));
        }
        return TimeExpressions.shifted(projection)
                .flatMap(shifted -> input.time(shifted.column())
                        .map(time -> new TimeColumn(
                                -1, time.domain(), Math.min(0, time.offsetMillis() + shifted.millis()))));
    }

    private static Distribution distribution(Stage input, List<RexNode> projections) {
        return input.distribution().mapped(column -> positions(column, projections));
    }

    private static List<CarriedWindow> windows(Stage input, List<RexNode> projections) {
        return input.windows().stream()
                .map(window -> new CarriedWindow(
                        window.kind(),
                        position(window.start(), projections),
                        position(window.end(), projections),
                        position(window.time(), projections)))
                .filter(window -> window.end() >= 0)
                .toList();
    }

    private static Optional<List<Integer>> mapped(List<Integer> columns, List<RexNode> projections) {
        List<Integer> mapped =
                columns.stream().map(column -> position(column, projections)).toList();
        return mapped.contains(-1) ? Optional.empty() : Optional.of(mapped);
    }

    /** Where a column of the input stands first in the output; -1 when it is gone. */
    private static int position(int column, List<RexNode> projections) {
        List<Integer> positions = positions(column, projections);
        return positions.isEmpty() ? -1 : positions.get(0);
    }

    private static List<Integer> positions(int column, List<RexNode> projections) {
        return IntStream.range(0, projections.size())
                .filter(i -> projections.get(i) instanceof RexInputRef ref && ref.getIndex() == column)
                .boxed()
                .toList();
    }
}
