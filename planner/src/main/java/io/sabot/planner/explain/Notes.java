package io.sabot.planner.explain;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.OrderNode;
import io.sabot.planner.plan.OrderNode.Collation;
import io.sabot.planner.plan.OverNode;
import io.sabot.planner.plan.OverNode.Frame;
import io.sabot.planner.plan.OverNode.Ranking;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.RankFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Where the answer over the same input may differ from run to run, one line for each reason. What the line of a node itself
 * says (processing time, order of arrival asked for by name, time to live) is not said again.
 */
final class Notes {
    private final List<String> byArrival = new ArrayList<>();
    private final List<String> lastDigits = new ArrayList<>();

    void add(PlanNode node) {
        if (node instanceof OrderNode order) {
            addOrder(order);
        } else if (node instanceof AggregateNode.RowWindow || node instanceof AggregateNode.RowWindowAssign) {
            if (!RowOrder.isKnown(node.inputs().get(0))) {
                addByArrival(node, "TUMBLE_ROWS");
            }
        } else if (node instanceof AggregateNode.Window window && window.phase() != AggregatePhase.LOCAL) {
            addCalls(window, window.keys(), window.calls());
        } else if (node instanceof AggregateNode.Group group && group.phase() != AggregatePhase.LOCAL) {
            addCalls(group, group.keys(), group.calls());
        } else if (node instanceof OverNode over && over.when() != OverNode.When.ARRIVAL) {
            addOver(over);
        } else if (node instanceof MatchNode match && match.arrangement() != MatchNode.Arrangement.PROCESSING_TIME) {
            addTies(match, match.input(), match.keys(), match.order());
        }
    }

    /** The lines, each ended by a line break. */
    String text() {
        return line("the order in which rows come decides: ", byArrival)
                + line("the last digits of floating sums may differ: ", lastDigits);
    }

    private static String line(String what, List<String> places) {
        return places.isEmpty() ? "" : "NOTE " + what + String.join(", ", places) + "\n";
    }

    private void addOrder(OrderNode node) {
        if (node instanceof OrderNode.Sort sort) {
            if (sort.fetch() >= 0 || sort.offset() > 0) {
                addTies(sort, sort.input(), List.of(), sort.collations());
            }
        } else if (node instanceof OrderNode.Rank rank) {
            // Rows that may be taken back and are equal in order stand by their content.
            boolean grows = rank.input().info().stream().changelog() == ChangelogMode.APPEND_ONLY;
            if (grows && rank.function() == RankFunction.ROW_NUMBER) {
                addTies(rank, rank.input(), rank.partition(), rank.collations());
            }
        } else if (node instanceof OrderNode.WindowRank rank) {
            if (rank.function() == RankFunction.ROW_NUMBER) {
                addTies(rank, rank.input(), rank.partition(), rank.collations());
            }
        } else if (node instanceof OrderNode.Deduplicate keep
                && !keep.collations().isEmpty()) {
            addTies(keep, keep.input(), keep.partition(), keep.collations());
        }
    }

    private void addCalls(AggregateNode node, List<Integer> keys, List<AggregateCall> calls) {
        PlanNode input = node.inputs().get(0);
        if (RowOrder.isKnown(input) || RowOrder.isUnique(input, keys)) {
            return;
        }
        addFunctions(
                byArrival,
                node,
                calls,
                call -> call.function().readsInOrder()
                        && !keys.containsAll(call.arguments())
                        && !isOfUniqueKeys(call, input, keys));
        addFunctions(lastDigits, node, calls, Notes::addsDoubles);
    }

    /** Keys of a JSON object are sorted, so that only equal ones depend on what comes last. */
    private static boolean isOfUniqueKeys(AggregateCall call, PlanNode input, List<Integer> keys) {
        if (call.function() != AggregateFunction.JSON_OBJECTAGG) {
            return false;
        }
        List<Integer> columns = new ArrayList<>(keys);
        columns.add(call.arguments().get(0));
        return RowOrder.isUnique(input, columns);
    }

    private static void addFunctions(
            List<String> notes, PlanNode node, List<AggregateCall> calls, Predicate<AggregateCall> which) {
        String functions = calls.stream()
                .filter(which)
                .map(AggregateCall::functionName)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!functions.isEmpty()) {
            notes.add(node.info().name() + " (" + functions + ")");
        }
    }

    private void addOver(OverNode node) {
        if (!RowOrder.hasTies(node.input(), node.partition(), node.collations())) {
            return;
        }
        if (node.calls().stream().anyMatch(call -> isOfOneRow(call, node.frame()))) {
            addTies(node, node.input(), node.partition(), node.collations());
        }
        List<AggregateCall> sums = node.calls().stream()
                .filter(OverNode.Aggregate.class::isInstance)
                .map(call -> ((OverNode.Aggregate) call).call())
                .toList();
        addFunctions(lastDigits, node, sums, Notes::addsDoubles);
    }

    /** Whether a call may give different values for rows that are equal in order. */
    private static boolean isOfOneRow(OverNode.Call call, Frame frame) {
        if (call instanceof Ranking ranking) {
            return ranking.function() == Ranking.Function.ROW_NUMBER || ranking.function() == Ranking.Function.NTILE;
        }
        if (call instanceof OverNode.Aggregate aggregate) {
            boolean all = frame.lower() == Frame.UNBOUNDED_PRECEDING && frame.upper() == Frame.UNBOUNDED_FOLLOWING;
            return (frame.rows() && !all) || aggregate.call().function().readsInOrder();
        }
        return true;
    }

    private void addTies(PlanNode node, PlanNode input, List<Integer> partition, List<Collation> collations) {
        if (!RowOrder.hasTies(input, partition, collations)) {
            return;
        }
        Schema schema = input.schema();
        String columns = collations.stream()
                .map(collation -> schema.name(collation.column()))
                .collect(Collectors.joining(", "));
        addByArrival(node, columns.isEmpty() ? "no ORDER BY" : "ties in " + columns);
    }

    private void addByArrival(PlanNode node, String why) {
        byArrival.add(node.info().name() + " (" + why + ")");
    }

    private static boolean addsDoubles(AggregateCall call) {
        return call.function().addsUp() && ((AtomicType) call.accumulators().get(0)).kind() == TypeKind.DOUBLE;
    }
}
