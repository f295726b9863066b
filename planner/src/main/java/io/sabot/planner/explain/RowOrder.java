package io.sabot.planner.explain;

import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.ExpandNode;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OrderNode.Collation;
import io.sabot.planner.plan.PlanNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is known about the order in which rows reach a node: splits and tasks run side by side. */
final class RowOrder {
    private RowOrder() {}

    /** Whether rows that go to the same task of the next node come in the same order each time. */
    static boolean isKnown(PlanNode node) {
        if (node instanceof PlanNode.Exchange exchange) {
            return isKnownOfOneTask(exchange.input());
        }
        return passesOn(node) ? isKnown(node.inputs().get(0)) : isKnownOfOneTask(node);
    }

    private static boolean isKnownOfOneTask(PlanNode node) {
        if (node instanceof PlanNode.Values || isUnique(node, List.of())) {
            return true;
        }
        if (node instanceof PlanNode.SourceScan scan) {
            return KeyLookup.applies(scan);
        }
        if (node instanceof OrderNode.Sort sort) {
            return !hasTies(sort.input(), List.of(), sort.collations());
        }
        if (node instanceof OrderNode.TimeSort sort) {
            return !hasTies(sort.input(), List.of(), sort.collations());
        }
        boolean single =
                node instanceof PlanNode.Exchange exchange && exchange.keys().isEmpty();
        return (single || passesOn(node)) && isKnownOfOneTask(node.inputs().get(0));
    }

    private static boolean passesOn(PlanNode node) {
        return node instanceof PlanNode.Calc
                || node instanceof PlanNode.WindowAssign
                || node instanceof ExpandNode
                || (node instanceof AggregateNode.Group group && group.phase() == AggregatePhase.LOCAL)
                || (node instanceof AggregateNode.Window window && window.phase() == AggregatePhase.LOCAL);
    }

    /**
     * Whether different rows of a partition may be equal in order, so that the order in which they come decides between
     * them. Without an order all are.
     */
    static boolean hasTies(PlanNode input, List<Integer> partition, List<Collation> collations) {
        List<Integer> columns = new ArrayList<>(partition);
        collations.forEach(collation -> columns.add(collation.column()));
        boolean whole = columns.stream().distinct().count() == input.schema().size();
        return !whole && !isUnique(input, columns) && !isKnown(input);
    }

    /** Whether there is one row at most, at any one time, for values of these columns. */
    static boolean isUnique(PlanNode node, Collection<Integer> columns) {
        return node.info().stream().upsertKeys().stream().anyMatch(columns::containsAll);
    }
}
