package io.sabot.planner.explain;

import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.WindowColumn;
import io.sabot.planner.plan.WindowEmission;
import io.sabot.planner.plan.WindowSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an aggregation does, behind its name. */
final class AggregateText {
    private AggregateText() {}

    static String of(AggregateNode node) {
        if (node instanceof AggregateNode.Window window) {
            return windowAggregate(window);
        }
        if (node instanceof AggregateNode.Group group) {
            Schema input = group.input().schema();
            return " by " + NodeText.names(group.keys(), input) + calls(group.calls(), input, group.phase());
        }
        Schema input = node.inputs().get(0).schema();
        if (node instanceof AggregateNode.RowWindow window) {
            return " by " + NodeText.names(window.keys(), input) + " " + window.size() + " rows"
                    + calls(window.calls(), input, AggregatePhase.SINGLE);
        }
        if (node instanceof AggregateNode.RowWindowAssign window) {
            return " by " + NodeText.names(window.keys(), input) + " " + window.size() + " rows";
        }
        throw new AssertionError(node);
    }

    private static String windowAggregate(AggregateNode.Window aggregate) {
        Schema input = aggregate.input().schema();
        String asked = aggregate.windowColumns().isEmpty()
                ? ""
                : aggregate.windowColumns().stream()
                        .map(WindowColumn::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", " with ", ""));
        return " by " + NodeText.names(aggregate.keys(), input) + " " + window(aggregate.window(), input)
                + calls(aggregate.calls(), input, aggregate.phase()) + asked + emission(aggregate.emission());
    }

    private static String emission(WindowEmission emission) {
        String late =
                emission.latenessMillis() == 0 ? "" : ", late rows for " + Durations.text(emission.latenessMillis());
        return emission.earlyMillis() == 0 ? late : late + ", shown every " + Durations.text(emission.earlyMillis());
    }

    static String window(WindowSpec window, Schema input) {
        WindowSpec.Time time = window.time();
        String column = input.name(time.column());
        if (window instanceof WindowSpec.Attached attached) {
            return lengths(attached.windows()) + " ending at " + column;
        }
        String keys = window instanceof WindowSpec.Session session
                ? " per " + NodeText.names(session.partitionKeys(), input)
                : "";
        String zone = "Z".equals(time.zone().getId()) ? "" : " in " + time.zone();
        return lengths(window) + keys + " on " + column + zone;
    }

    private static String lengths(WindowSpec window) {
        if (window instanceof WindowSpec.Tumble tumble) {
            return "TUMBLE " + Durations.text(tumble.size()) + offset(tumble.offset());
        }
        if (window instanceof WindowSpec.Hop hop) {
            return "HOP " + Durations.text(hop.size()) + " every " + Durations.text(hop.slide()) + offset(hop.offset());
        }
        if (window instanceof WindowSpec.Cumulate cumulate) {
            return "CUMULATE " + Durations.text(cumulate.size()) + " in steps of " + Durations.text(cumulate.step())
                    + offset(cumulate.offset());
        }
        if (window instanceof WindowSpec.Session session) {
            return "SESSION gap " + Durations.text(session.gap());
        }
        return lengths(((WindowSpec.Attached) window).windows());
    }

    private static String offset(long millis) {
        return millis == 0 ? "" : " offset " + Durations.text(millis);
    }

    private static String calls(List<AggregateCall> calls, Schema input, AggregatePhase phase) {
        String suffix =
                phase == AggregatePhase.SINGLE ? "" : " (" + phase.name().toLowerCase(Locale.ROOT) + ")";
        return calls.stream().map(call -> call(call, input, phase)).collect(Collectors.joining(", ", " [", "]"))
                + suffix;
    }

    private static String call(AggregateCall call, Schema input, AggregatePhase phase) {
        boolean global = phase == AggregatePhase.GLOBAL;
        String arguments = call.arguments().isEmpty()
                ? "*"
                : global ? "…" : call.arguments().stream().map(input::name).collect(Collectors.joining(", "));
        String filter = call.filter() < 0 || global ? "" : " filter " + input.name(call.filter());
        return call.name() + "=" + call.functionName() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")"
                + filter;
    }
}
