package io.sabot.planner.explain;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.OverNode.Frame;
import io.sabot.planner.plan.OverNode.Ranking;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a node with OVER calls does. */
final class OverText {
    private OverText() {}

    static String of(OverNode node) {
        Schema input = node.input().schema();
        String when = switch (node.when()) {
            case TIME -> "";
            case ARRIVAL -> " as they come";
            case END -> "";
        };
        return (node.partition().isEmpty() ? "" : " per " + NodeText.names(node.partition(), input))
                + OrderText.by(node.collations(), input)
                + frame(node)
                + when
                + node.calls().stream()
                        .map(call -> call.name() + "=" + call(call, input))
                        .collect(Collectors.joining(", ", " [", "]"));
    }

    private static String frame(OverNode node) {
        Frame frame = node.frame();
        boolean framed = node.calls().stream().anyMatch(call -> call instanceof OverNode.Aggregate);
        return framed
                ? (frame.rows() ? " rows " : " range ") + bound(node, frame.lower()) + " to "
                        + bound(node, frame.upper())
                : "";
    }

    private static String bound(OverNode node, long distance) {
        if (distance == Frame.UNBOUNDED_PRECEDING) {
            return "first";
        }
        if (distance == Frame.UNBOUNDED_FOLLOWING) {
            return "last";
        }
        if (distance != 0 && !node.frame().rows() && isMillis(node)) {
            return "current" + Durations.signed(distance);
        }
        return distance == 0 ? "current" : String.format(Locale.ROOT, "%+d", distance);
    }

    private static boolean isMillis(OverNode node) {
        return node.input().schema().type(node.collations().get(0).column()) instanceof AtomicType type
                && (type.kind() == TypeKind.TIMESTAMP || type.kind() == TypeKind.TIMESTAMP_LTZ)
                && type.precision() <= 3;
    }

    private static String call(OverNode.Call call, Schema input) {
        if (call instanceof OverNode.Aggregate aggregate) {
            return aggregate(aggregate.call(), input);
        }
        if (call instanceof Ranking ranking) {
            return ranking.function() + (ranking.buckets() > 0 ? "(" + ranking.buckets() + ")" : "()");
        }
        if (call instanceof OverNode.Shifted shifted) {
            return input.name(shifted.column())
                    + String.format(Locale.ROOT, " at %+d", shifted.distance())
                    + (shifted.otherwise() < 0 ? "" : " else " + input.name(shifted.otherwise()));
        }
        throw new AssertionError(call);
    }

    private static String aggregate(AggregateCall call, Schema input) {
        String arguments = call.arguments().isEmpty()
                ? "*"
                : call.arguments().stream().map(input::name).collect(Collectors.joining(", "));
        return call.functionName() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")";
    }
}
