package io.sabot.planner.plan;

import java.util.List;

/**
 * Keeps the rows that an operator over the same rows drops for being late; see {@code sabot.late-rows}.
 *
 * @param window what that operator puts rows into: a row is late when all its windows have closed. An operator without
 *     windows is taken for one whose windows are a millisecond long
 * @param stamped whether the watermark behind which a row came stands in a further column
 */
public record LateRows(NodeInfo info, PlanNode input, WindowSpec window, boolean stamped) implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
