package io.sabot.planner.explain;

import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan as JSON, for tools: {@code nodes} in an order in which each stands behind those that it reads, as Flink's execution
 * plan has them. An id is the name that the text and the metrics of an operator have.
 */
public final class PlanJson {
    private final List<String> nodes = new ArrayList<>();
    private final Set<PlanNode> written = Collections.newSetFromMap(new IdentityHashMap<>());

    private PlanJson() {}

    /** Several lines, one for each node. */
    public static String of(Plan plan) {
        PlanJson json = new PlanJson();
        plan.sinks().forEach(json::add);
        return "{\"nodes\": [\n" + String.join(",\n", json.nodes) + "\n]}\n";
    }

    private void add(PlanNode node) {
        if (!written.add(node)) {
            return;
        }
        node.inputs().forEach(this::add);
        String name = node.info().name();
        nodes.add("  {\"id\": " + text(name)
                + ", \"type\": " + text(name.substring(0, name.lastIndexOf('-')))
                + ", \"contents\": " + text(NodeText.of(node).strip())
                + ", \"columns\": " + columns(node)
                + ", \"changelog\": " + text(PlanText.kinds(node.info().stream().changelog()))
                + StateBound.of(node)
                        .map(bound -> ", \"state\": " + text(bound.text()))
                        .orElse("")
                + ", \"predecessors\": "
                + node.inputs().stream()
                        .map(input -> "{\"id\": " + text(input.info().name()) + "}")
                        .collect(Collectors.joining(", ", "[", "]"))
                + "}");
    }

    private static String columns(PlanNode node) {
        return node.schema().fields().stream()
                .map(field -> "{\"name\": " + text(field.name()) + ", \"type\": "
                        + text(field.type().toString()) + "}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                json.append(character);
            }
        }
        return json.append('"').toString();
    }
}
