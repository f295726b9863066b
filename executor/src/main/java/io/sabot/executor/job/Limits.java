package io.sabot.executor.job;

import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which scans nobody needs any more when limits are full: those from which every way to a sink leads through a limit that
 * is. Used on the coordinator's thread.
 */
final class Limits {
    /** By scan, the limits on each way to a sink. */
    private final Map<String, Set<Set<String>>> ways = new HashMap<>();

    private final Set<String> full = new HashSet<>();

    private Limits() {}

    static Limits of(Plan plan) {
        Limits limits = new Limits();
        IdentityHashMap<PlanNode, Set<Set<String>>> seen = new IdentityHashMap<>();
        plan.sinks().forEach(sink -> limits.visit(sink, Set.of(), seen));
        return limits;
    }

    /** Whether a node lets only so many rows pass, whichever come first. */
    static boolean isLimit(PlanNode node) {
        return node instanceof OrderNode.Sort sort && sort.collations().isEmpty() && sort.fetch() >= 0;
    }

    private void visit(PlanNode node, Set<String> above, IdentityHashMap<PlanNode, Set<Set<String>>> seen) {
        if (!seen.computeIfAbsent(node, key -> new HashSet<>()).add(above)) {
            return;
        }
        Set<String> here = new HashSet<>(above);
        if (isLimit(node)) {
            here.add(node.info().name());
        }
        if (node.inputs().isEmpty()) {
            ways.computeIfAbsent(node.info().name(), key -> new HashSet<>()).add(here);
        }
        node.inputs().forEach(input -> visit(input, here, seen));
    }

    /** A limit is full. Returns the scans that need not be read on. */
    List<String> full(String limit) {
        full.add(limit);
        return ways.entrySet().stream()
                .filter(scan ->
                        scan.getValue().stream().allMatch(way -> way.stream().anyMatch(full::contains)))
                .map(Map.Entry::getKey)
                .toList();
    }
}
