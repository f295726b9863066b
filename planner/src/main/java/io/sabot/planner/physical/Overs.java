package io.sabot.planner.physical;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.OrderNode.Collation;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.OverNode.Frame;
import io.sabot.planner.plan.OverNode.When;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;

/** OVER calls without a filter that makes them a rank to keep: one node per window, one after the other. */
final class Overs {
    private final Build build;
    private final Calcs calcs;
    private final Exchanges exchanges;
    private final OverCalls calls;
    private final Function<RelNode, Stage> translate;

    /** @param translate for what stands below */
    Overs(Build build, Calcs calcs, Exchanges exchanges, Aggregates aggregates, Function<RelNode, Stage> translate) {
        this.build = build;
        this.calcs = calcs;
        this.exchanges = exchanges;
        this.calls = new OverCalls(build, aggregates);
        this.translate = translate;
    }

    /** Calls that share partition, order and frame. */
    private record Window(List<Integer> partition, List<Collation> collations, Frame frame, List<RexOver> members) {
        boolean hasOrder(Window other) {
            return partition.equals(other.partition) && collations.equals(other.collations);
        }
    }

    Stage translate(OverSplit split, List<String> names) {
        Stage below = translate.apply(split.below());
        List<Window> windows = windows(split, below.schema());
        When when = when(windows, split, below);
        Stage stage = below;
        Map<RexOver, RexNode> results = new HashMap<>();
        for (Window window : windows) {
            int first = stage.schema().size();
            stage = over(stage, window, split, when);
            for (int i = 0; i < window.members.size(); i++) {
                RexOver over = window.members.get(i);
                results.put(over, new RexInputRef(first + i, over.getType()));
            }
        }
        return calcs.apply(
                stage, split.above(split.conjuncts(), results), split.above(split.outputs(), results), names);
    }

    private List<Window> windows(OverSplit split, Schema below) {
        List<Window> windows = new ArrayList<>();
        List<RexOver> unframed = new ArrayList<>();
        for (RexOver over : split.calls()) {
            if (OverCalls.hasNoFrame(over)) {
                unframed.add(over);
            } else {
                add(windows, window(over, split, calls.frame(over, split, below)), over);
            }
        }
        for (RexOver over : unframed) {
            Window wanted = window(over, split, new Frame(true, Frame.UNBOUNDED_PRECEDING, 0));
            Window found = windows.stream().filter(wanted::hasOrder).findFirst().orElse(wanted);
            add(windows, found, over);
        }
        return windows;
    }

    private static Window window(RexOver over, OverSplit split, Frame frame) {
        return new Window(split.partition(over), split.collations(over), frame, new ArrayList<>());
    }

    private static void add(List<Window> windows, Window wanted, RexOver over) {
        for (Window window : windows) {
            if (window.hasOrder(wanted) && window.frame.equals(wanted.frame)) {
                window.members.add(over);
                return;
            }
        }
        wanted.members.add(over);
        windows.add(wanted);
    }

    /** All windows of a query let rows go at the same moment. */
    private When when(List<Window> windows, OverSplit split, Stage below) {
        List<When> each = new ArrayList<>();
        for (Window window : windows) {
            Optional<When> early = below.isAppendOnly() ? early(window, split, below) : Optional.empty();
            if (early.isEmpty() && !build.options.atEnd()) {
                throw refused(window, split, below);
            }
            each.add(early.orElse(When.END));
        }
        if (each.stream().distinct().count() == 1) {
            return each.get(0);
        }
        if (build.options.atEnd()) {
            return When.END;
        }
        throw build.notSupported(
                        "OVER by event time and OVER by processing time in one query are not supported", place(windows))
                .hint("write one of them in a sub-query");
    }

    private SqlSpan place(List<Window> windows) {
        return calls.place(windows.get(0).members.get(0));
    }

    /** When rows of the window can leave before the input ends. */
    private Optional<When> early(Window window, OverSplit split, Stage below) {
        boolean ascending =
                window.collations.size() == 1 && !window.collations.get(0).descending();
        boolean looksBack = window.frame.upper() == 0
                && window.frame.lower() <= 0
                && window.members.stream()
                        .allMatch(over -> OverCalls.looksBack(calls.call(over, split, below.schema(), "")));
        return ascending && looksBack
                ? below.time(window.collations.get(0).column())
                        .map(time -> time.domain() == TimeDomain.EVENT ? When.TIME : When.ARRIVAL)
                : Optional.empty();
    }

    private RuntimeException refused(Window window, OverSplit split, Stage below) {
        RexOver over = window.members.get(0);
        if (!below.isAppendOnly()) {
            return build.notSupported("OVER over rows that change is not supported", calls.place(over))
                    .why("a change of one row would change the values of all rows behind it")
                    .hint("aggregate over windows, which give each result once, or write a plain SELECT over input that"
                            + " ends");
        }
        Optional<TimeColumn> time = window.collations.isEmpty()
                ? Optional.empty()
                : below.time(window.collations.get(0).column());
        if (time.isEmpty()
                || window.collations.size() > 1
                || window.collations.get(0).descending()) {
            return build.notSupported(
                            "OVER over rows that keep coming needs the order of an ascending time column",
                            calls.place(over))
                    .why("only time tells which rows can still come")
                    .hint(
                            RankFilter.function(over) == null
                                    ? "write ORDER BY a column that has a watermark, or PROCTIME()"
                                    : "keep the first rows by a filter such as WHERE rn <= 10, or order by a time column");
        }
        RexOver ahead = window.members.stream()
                .filter(member -> !OverCalls.looksBack(calls.call(member, split, below.schema(), "")))
                .findFirst()
                .orElse(over);
        return build.notSupported(
                        "OVER over rows that keep coming looks back only: "
                                + ahead.getAggOperator().getName() + " needs rows that are still to come",
                        calls.place(ahead))
                .hint(
                        "end the frame at CURRENT ROW, look back (LAG for LEAD, PREV for NEXT), or write a plain SELECT over input that"
                                + " ends");
    }

    private Stage over(Stage input, Window window, OverSplit split, When when) {
        Stage placed = exchanges.byKeys(input, window.partition);
        List<OverNode.Call> computed = new ArrayList<>();
        List<Field> fields = new ArrayList<>(input.schema().fields());
        for (RexOver over : window.members) {
            OverNode.Call call = calls.call(over, split, input.schema(), "$" + fields.size());
            computed.add(call);
            fields.add(new Field(call.name(), call.type()));
        }
        boolean shrinks = when != When.END && window.frame.lower() != Frame.UNBOUNDED_PRECEDING;
        Aggregates.checkTakenBack(build, aggregates(computed), shrinks, false);
        Schema schema = new Schema(fields);
        if (when == When.TIME) {
            build.demand.late(placed);
        }
        PlanNode node = new OverNode(
                build.info("over", schema, stream(placed.stream(), window, when)),
                placed.node(),
                window.partition,
                window.collations,
                window.frame,
                computed,
                when);
        return new Stage(
                node, placed.distribution(), when == When.ARRIVAL ? placed.windows() : List.of(), placed.sources());
    }

    private static List<AggregateCall> aggregates(List<OverNode.Call> computed) {
        return computed.stream()
                .filter(OverNode.Aggregate.class::isInstance)
                .map(call -> ((OverNode.Aggregate) call).call())
                .toList();
    }

    /** Rows wait, so that only the time that they wait for is still in time. */
    private static StreamProperties stream(StreamProperties in, Window window, When when) {
        List<TimeColumn> times = switch (when) {
            case TIME ->
                in.times().stream()
                        .filter(time ->
                                time.column() == window.collations.get(0).column())
                        .toList();
            case ARRIVAL -> in.times();
            case END -> List.of();
        };
        return new StreamProperties(
                ChangelogMode.APPEND_ONLY, in.upsertKeys(), times, in.bounded(), when == When.END || in.emitAtEnd());
    }
}
