package io.sabot.planner.plan;

import java.util.List;

/**
 * A whole plan: its sinks, from which every other node can be reached.
 *
 * @param bounded whether it ends by itself
 */
public record Plan(List<PlanNode> sinks, boolean bounded) {
    public Plan {
        sinks = List.copyOf(sinks);
    }
}
