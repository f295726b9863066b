package io.sabot.planner.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/**
 * Makes several rows, or none, of each row; output: kept columns of the input, then the columns that are made.
 *
 * @param kept columns of the input
 * @param source the collection whose elements are the rows, or the call of a table function, over the input
 * @param ordinality whether a last column counts the elements
 * @param keepsEmpty whether a row of which none was made stays, with NULLs
 * @param condition over the output, met by rows that are made
 */
public record ExpandNode(
        NodeInfo info,
        PlanNode input,
        List<Integer> kept,
        RexNode source,
        boolean ordinality,
        boolean keepsEmpty,
        Optional<RexNode> condition)
        implements PlanNode {
    public ExpandNode {
        kept = List.copyOf(kept);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }
}
