package io.sabot.executor.job;

import io.sabot.catalog.Table;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Cuts a plan into stages: groups of nodes that one task runs together, and the links between them.
 *
 * <p>With parallelism 1 everywhere there is one stage, hence one thread. Otherwise a stage is a tree with one entry: a
 * source, a node behind an exchange, or a node with several inputs; so the graph of stages has no cycle and blocking
 * pushes cannot lock each other out. The client's sink is always one task, so that a client sees epochs whole.
 */
final class Stages {
    /** How rows get from one stage to another. */
    enum LinkKind {
        /** By key group. */
        HASH,
        /** All to task 0. */
        SINGLE,
        /** Task i to task i modulo the number of tasks. */
        FORWARD
    }

    /**
     * Rows that go from a node of one stage to an input of a node of another.
     *
     * @param keys columns that choose the task, for HASH
     */
    record Link(PlanNode from, PlanNode to, int input, LinkKind kind, List<Integer> keys) {}

    /** Nodes run together, inputs before those who read them. */
    record Stage(int id, List<PlanNode> nodes, int parallelism) {}

    private final List<Stage> stages = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final IdentityHashMap<PlanNode, Integer> stageOf = new IdentityHashMap<>();

    private Stages() {}

    /**
     * Cuts a plan.
     *
     * @param sourceTasks how many tasks can read a scan
     */
    static Stages cut(Plan plan, int parallelism, ToIntFunction<PlanNode.SourceScan> sourceTasks) {
        List<PlanNode> order = topological(plan);
        IdentityHashMap<PlanNode, Integer> widths = new IdentityHashMap<>();
        boolean anyParallel = false;
        for (PlanNode node : order) {
            int width = width(node, widths, parallelism, sourceTasks);
            widths.put(node, width);
            anyParallel |= width > 1;
        }
        Stages stages = new Stages();
        for (PlanNode node : order) {
            if (!(node instanceof PlanNode.Exchange)) {
                stages.place(node, width(widths, node), anyParallel, widths);
            }
        }
        return stages;
    }

    private static int width(IdentityHashMap<PlanNode, Integer> widths, PlanNode node) {
        Integer width = widths.get(node);
        if (width == null) {
            throw new AssertionError(node);
        }
        return width;
    }

    private static int width(
            PlanNode node,
            IdentityHashMap<PlanNode, Integer> widths,
            int parallelism,
            ToIntFunction<PlanNode.SourceScan> sourceTasks) {
        if (node instanceof PlanNode.SourceScan scan) {
            int tasks = Math.min(parallelism, sourceTasks.applyAsInt(scan));
            return Math.max(1, Math.min(tasks, tasksMax(scan.table(), "scan.parallelism")));
        }
        if (node instanceof PlanNode.Values || node instanceof PlanNode.ClientSink) {
            return 1;
        }
        if (node instanceof PlanNode.Exchange exchange) {
            return exchange.keys().isEmpty() ? 1 : parallelism;
        }
        int width = 1;
        for (PlanNode input : node.inputs()) {
            width = Math.max(width, width(widths, input));
        }
        return node instanceof PlanNode.TableSink sink
                ? Math.min(width, tasksMax(sink.table(), "sink.parallelism"))
                : width;
    }

    private static int tasksMax(Table table, String option) {
        return Optional.ofNullable(table.options().get(option))
                .map(text -> Math.max(1, Integer.parseInt(text.trim())))
                .orElse(Integer.MAX_VALUE);
    }

    private void place(PlanNode node, int width, boolean anyParallel, IdentityHashMap<PlanNode, Integer> widths) {
        List<PlanNode> inputs = node.inputs();
        if (!anyParallel) {
            if (stages.isEmpty()) {
                stages.add(new Stage(0, new ArrayList<>(), 1));
            }
            addTo(0, node);
            return;
        }
        if (inputs.size() == 1) {
            PlanNode producer = skipExchange(inputs.get(0));
            boolean sameTasks = width == width(widths, producer);
            boolean direct = sameTasks && (producer == inputs.get(0) || width == 1);
            if (direct) {
                addTo(stage(producer), node);
                return;
            }
        }
        int id = stages.size();
        stages.add(new Stage(id, new ArrayList<>(), width));
        addTo(id, node);
        for (int i = 0; i < inputs.size(); i++) {
            links.add(link(inputs.get(i), node, i));
        }
    }

    private void addTo(int stage, PlanNode node) {
        stages.get(stage).nodes().add(node);
        stageOf.put(node, stage);
    }

    private static Link link(PlanNode input, PlanNode node, int index) {
        if (input instanceof PlanNode.Exchange exchange) {
            PlanNode producer = skipExchange(exchange);
            return exchange.keys().isEmpty()
                    ? new Link(producer, node, index, LinkKind.SINGLE, List.of())
                    : new Link(producer, node, index, LinkKind.HASH, exchange.keys());
        }
        LinkKind kind = node instanceof PlanNode.ClientSink ? LinkKind.SINGLE : LinkKind.FORWARD;
        return new Link(input, node, index, kind, List.of());
    }

    /** The node that really makes the rows of an input. */
    static PlanNode skipExchange(PlanNode node) {
        PlanNode producer = node;
        while (producer instanceof PlanNode.Exchange exchange) {
            producer = exchange.input();
        }
        return producer;
    }

    private static List<PlanNode> topological(Plan plan) {
        List<PlanNode> order = new ArrayList<>();
        IdentityHashMap<PlanNode, Boolean> seen = new IdentityHashMap<>();
        plan.sinks().forEach(sink -> visit(sink, order, seen));
        return order;
    }

    private static void visit(PlanNode node, List<PlanNode> order, IdentityHashMap<PlanNode, Boolean> seen) {
        if (seen.put(node, true) == null) {
            node.inputs().forEach(input -> visit(input, order, seen));
            order.add(node);
        }
    }

    /** The stages, by id. */
    List<Stage> stages() {
        return stages;
    }

    /** Links between stages. */
    List<Link> links() {
        return links;
    }

    /** Stage that runs a node. */
    int stage(PlanNode node) {
        Integer stage = stageOf.get(node);
        if (stage == null) {
            throw new AssertionError(node);
        }
        return stage;
    }
}
