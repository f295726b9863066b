package io.sabot.planner.explain;

import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The printed form of a plan. One line per node, inputs indented below it: name and what it does, then after bars the kinds
 * of changes, the columns that identify a row, the columns that carry time, and what bounds its state. Warnings follow, then
 * notes of what may make answers over the same input differ. A node that a second one reads is printed once. The same plan
 * always gives the same text.
 */
public final class PlanText {
    private final StringBuilder text = new StringBuilder();
    private final List<String> warnings = new ArrayList<>();
    private final Notes notes = new Notes();
    private final Set<PlanNode> printed = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Function<String, String> measured;

    private PlanText(Function<String, String> measured) {
        this.measured = measured;
    }

    /** All lines, each ended by a line break. */
    public static String of(Plan plan) {
        return of(plan, operator -> "");
    }

    /**
     * As {@link #of(Plan)}, with more behind each operator.
     *
     * @param measured what to write behind an operator, by its name
     */
    public static String of(Plan plan, Function<String, String> measured) {
        PlanText text = new PlanText(measured);
        for (PlanNode sink : plan.sinks()) {
            text.append(sink, 0);
        }
        text.warnings.forEach(
                warning -> text.text.append("WARN ").append(warning).append('\n'));
        text.text.append(text.notes.text());
        return text.text.toString();
    }

    private void append(PlanNode node, int depth) {
        text.append("  ".repeat(depth)).append(node.info().name());
        if (!printed.add(node)) {
            text.append(" (as above)\n");
            return;
        }
        text.append(NodeText.of(node));
        appendStream(node);
        notes.add(node);
        text.append(measured.apply(node.info().name())).append('\n');
        node.inputs().forEach(input -> append(input, depth + 1));
    }

    private void appendStream(PlanNode node) {
        StreamProperties stream = node.info().stream();
        text.append(" | ").append(kinds(stream.changelog()));
        if (!stream.upsertKeys().isEmpty()) {
            text.append(" | key ")
                    .append(stream.upsertKeys().stream()
                            .map(key -> NodeText.names(key, node.schema()))
                            .collect(Collectors.joining(" ")));
        }
        if (!stream.times().isEmpty()) {
            text.append(" | time ")
                    .append(stream.times().stream()
                            .map(time -> timeText(time, node))
                            .collect(Collectors.joining(", ")));
        }
        StateBound.of(node).ifPresent(bound -> {
            text.append(" | state: ").append(bound.text());
            if (bound.isOpen()) {
                warnings.add(node.info().name() + ": nothing bounds its state. " + bound.hint());
            }
        });
        if (node instanceof AggregateNode.Window window && takesBack(window)) {
            warnings.add(
                    node.info().name()
                            + ": a row that is taken back behind the end of its window is late and dropped, though the row in its place"
                            + " counts in its own window. Aggregate rows that only come, or SET 'sabot.window.allowed-lateness'");
        }
        if (stream.emitAtEnd() && StateBound.waitsForEnd(node)) {
            text.append(" | emit: AT_END");
        }
    }

    private static boolean takesBack(AggregateNode.Window node) {
        return node.window().time().domain() == TimeDomain.EVENT
                && node.input().info().stream().changelog() != ChangelogMode.APPEND_ONLY;
    }

    private static String timeText(TimeColumn time, PlanNode node) {
        String name = node.schema().name(time.column());
        return time.domain() == TimeDomain.PROCESSING
                ? name + " (processing)"
                : name + Durations.signed(time.offsetMillis());
    }

    static String kinds(ChangelogMode mode) {
        return switch (mode) {
            case APPEND_ONLY -> "+I";
            case RETRACT -> "+I -U +U -D";
            case UPSERT -> "+I +U -D";
        };
    }
}
