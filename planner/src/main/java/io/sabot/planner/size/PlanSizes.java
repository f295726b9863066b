package io.sabot.planner.size;

import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.JoinKeys;
import io.sabot.planner.plan.JoinKind;
import io.sabot.planner.plan.JoinNode;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.WindowSpec;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;

/** Rows that leave the nodes of a plan; of those that change, as many as there are in the end. */
public final class PlanSizes {
    private final TableSizes sizes;
    private final IdentityHashMap<PlanNode, Double> known = new IdentityHashMap<>();

    private PlanSizes(TableSizes sizes) {
        this.sizes = sizes;
    }

    /** By name of a node. */
    public static Map<String, Double> of(Plan plan, TableSizes sizes) {
        PlanSizes rows = new PlanSizes(sizes);
        plan.sinks().forEach(rows::rows);
        Map<String, Double> byName = new HashMap<>();
        rows.known.forEach((node, count) -> byName.put(node.info().name(), count));
        return byName;
    }

    private double rows(PlanNode node) {
        Double before = known.get(node);
        if (before == null) {
            before = computed(node);
            known.put(node, before);
        }
        return before;
    }

    private double computed(PlanNode node) {
        List<Double> inputs = node.inputs().stream().map(this::rows).toList();
        if (node instanceof PlanNode.SourceScan scan) {
            return sizes.estimate(scan.table()) * share(scan.pushedFilter(), scan);
        }
        if (node instanceof PlanNode.Values values) {
            return values.rows().size();
        }
        if (node instanceof PlanNode.Union) {
            return inputs.stream().mapToDouble(Double::doubleValue).sum();
        }
        if (node instanceof JoinNode join) {
            return joined(join, inputs);
        }
        double rows = inputs.get(0);
        if (node instanceof PlanNode.Calc calc) {
            return rows * share(conjuncts(calc), calc.input());
        }
        if (node instanceof PlanNode.WindowAssign assign) {
            return rows * windows(assign.window());
        }
        if (node instanceof AggregateNode aggregate) {
            return aggregated(aggregate, rows);
        }
        if (node instanceof OrderNode order) {
            return ordered(order, rows);
        }
        return node instanceof MatchNode ? Shares.groups(rows) : rows;
    }

    private double share(List<RexNode> conjuncts, PlanNode node) {
        double share = 1;
        for (RexNode conjunct : conjuncts) {
            share *= Shares.of(conjunct, column -> isUnique(node, List.of(column)) ? base(node) : 0);
        }
        return share;
    }

    /** Without those that the scan below has tested. */
    private static List<RexNode> conjuncts(PlanNode.Calc calc) {
        List<RexNode> conjuncts = calc.condition().map(RelOptUtil::conjunctions).orElse(List.of());
        return calc.input() instanceof PlanNode.SourceScan scan
                ? conjuncts.stream()
                        .filter(conjunct -> !scan.pushedFilter().contains(conjunct))
                        .toList()
                : conjuncts;
    }

    private static boolean isUnique(PlanNode node, List<Integer> columns) {
        return node.info().stream().upsertKeys().stream().anyMatch(columns::containsAll);
    }

    private double base(PlanNode node) {
        if (node instanceof PlanNode.SourceScan scan) {
            return sizes.estimate(scan.table());
        }
        return node instanceof PlanNode.Calc || node instanceof PlanNode.Exchange
                ? base(node.inputs().get(0))
                : rows(node);
    }

    private static double windows(WindowSpec window) {
        if (window instanceof WindowSpec.Hop hop) {
            return Math.max(1, (double) hop.size() / hop.slide());
        }
        return window instanceof WindowSpec.Cumulate cumulate
                ? Math.max(1, (double) cumulate.size() / cumulate.step() / 2)
                : 1;
    }

    private static double aggregated(AggregateNode node, double rows) {
        if (node instanceof AggregateNode.Group group && group.keys().isEmpty()) {
            return 1;
        }
        boolean merges = (node instanceof AggregateNode.Group group && group.phase() == AggregatePhase.GLOBAL)
                || (node instanceof AggregateNode.Window window && window.phase() == AggregatePhase.GLOBAL);
        return merges || node instanceof AggregateNode.RowWindowAssign ? rows : Shares.groups(rows);
    }

    private static double ordered(OrderNode node, double rows) {
        if (node instanceof OrderNode.Sort sort) {
            return sort.fetch() < 0 ? rows : Math.min(rows, (double) sort.fetch());
        }
        if (node instanceof OrderNode.Rank rank) {
            return ranked(rank.partition(), rank.to() - rank.from() + 1.0, rows);
        }
        if (node instanceof OrderNode.WindowRank rank) {
            return ranked(rank.partition(), rank.to() - rank.from() + 1.0, rows);
        }
        return node instanceof OrderNode.Deduplicate ? Shares.groups(rows) : rows;
    }

    private static double ranked(List<Integer> partition, double each, double rows) {
        return Math.min(rows, each * (partition.isEmpty() ? 1 : Shares.groups(rows)));
    }

    private double joined(JoinNode node, List<Double> inputs) {
        double left = inputs.get(0);
        if (node instanceof JoinNode.Lookup lookup) {
            return pairs(lookup.kind(), lookup.keys(), left, rows(lookup.table()), lookup.left(), lookup.table());
        }
        double right = inputs.get(1);
        if (node instanceof JoinNode.Regular join) {
            double share = join.keys().left().isEmpty()
                    ? join.condition()
                            .map(condition -> Shares.of(condition, column -> 0))
                            .orElse(1.0)
                    : 1;
            return pairs(join.kind(), join.keys(), left, right * share, join.left(), join.right());
        }
        if (node instanceof JoinNode.Interval join) {
            return pairs(join.kind(), join.keys(), left, right, join.left(), join.right());
        }
        if (node instanceof JoinNode.Window join) {
            return pairs(join.kind(), join.keys(), left, right, join.left(), join.right());
        }
        return left; // one version for each left row; a set operation gives no more than the left side has
    }

    private double pairs(
            JoinKind kind, JoinKeys keys, double left, double right, PlanNode leftNode, PlanNode rightNode) {
        double different = Math.max(different(leftNode, keys.left()), different(rightNode, keys.right()));
        double pairs = Shares.pairs(left, right, keys.left().isEmpty() ? 0 : different);
        return switch (kind) {
            case INNER -> pairs;
            case LEFT -> Math.max(left, pairs);
            case RIGHT -> Math.max(right, pairs);
            case FULL -> Math.max(left + right, pairs);
            case SEMI, ANTI -> left * Shares.OTHER;
            case MARK -> left;
        };
    }

    private double different(PlanNode node, List<Integer> columns) {
        return isUnique(node, columns) ? base(node) : base(node) * Shares.DIFFERENT;
    }

    /** Behind an operator in the text of a plan. */
    public static String text(Optional<Double> rows) {
        return " | estimated rows "
                + rows.filter(count -> !count.isNaN())
                        .map(count -> Long.toString(Math.round(count)))
                        .orElse("unknown");
    }
}
