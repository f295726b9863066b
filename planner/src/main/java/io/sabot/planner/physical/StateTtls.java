package io.sabot.planner.physical;

import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StateTtl;
import java.util.Map;
import java.util.Optional;

/**
 * What a statement says about how long state stays behind its last write.
 *
 * @param everywhere {@code table.exec.state.ttl} in milliseconds; 0 for ever
 * @param byTable what {@code STATE_TTL} hints say instead, by table, for the operator that keeps the rows of the table as they
 *     are read, filtered and projected
 */
public record StateTtls(long everywhere, Map<ObjectName, Long> byTable) {
    public StateTtls {
        byTable = Map.copyOf(byTable);
    }

    /** For a node over these inputs. */
    StateTtl of(Stage... inputs) {
        return new StateTtl(of(inputs[0].node()), inputs.length > 1 ? of(inputs[1].node()) : 0);
    }

    private long of(PlanNode input) {
        return table(input).map(table -> byTable.get(table.name())).orElse(everywhere);
    }

    /** The table whose rows a node gives one by one. */
    static Optional<Table> table(PlanNode node) {
        if (node instanceof PlanNode.SourceScan scan) {
            return Optional.of(scan.table());
        }
        boolean passes = node instanceof PlanNode.Calc
                || node instanceof PlanNode.Exchange
                || node instanceof PlanNode.ChangelogNormalize
                || (node instanceof AggregateNode.Group local && local.phase() == AggregatePhase.LOCAL);
        return passes ? table(node.inputs().get(0)) : Optional.empty();
    }
}
