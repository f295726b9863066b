package io.sabot.executor.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as an automaton. An edge takes a row for a variable, or goes on without one. An edge may be closed to a row that
 * certain variables could take: that makes a quantifier greedy. Sets of variables are the bits of a long.
 *
 * <pre>
 *   A B* C, greedy:     (A) ──► (loop) ──► (C unless B) ──► (end)
 *                                │  ▲
 *                                └B─┘
 * </pre>
 */
public final class PatternGraph {
    private static final int WITHOUT_ROW = -1;

    private record Edge(int target, int variable, long closedTo) {}

    private final List<List<Edge>> edges;
    private final int start;
    private final long[] asked;

    private PatternGraph(List<List<Edge>> edges, int start) {
        this.edges = edges.stream().map(List::copyOf).toList();
        this.start = start;
        this.asked = new long[edges.size()];
        for (int state = 0; state < asked.length; state++) {
            asked[state] = collectAsked(state);
        }
    }

    /** State of a match that has no row yet. */
    int start() {
        return start;
    }

    /** State of a match that is complete. */
    static int end() {
        return 0;
    }

    /** Variables whose conditions decide what becomes of a run in a state. */
    long asked(int state) {
        return asked[state];
    }

    private long collectAsked(int state) {
        BitSet seen = new BitSet();
        long[] variables = new long[1];
        List<Integer> targets = new ArrayList<>();
        collect(state, seen, variables, targets);
        for (int target : targets) {
            collect(target, new BitSet(), variables, null);
        }
        return variables[0];
    }

    private void collect(int state, BitSet seen, long[] variables, @Nullable List<Integer> targets) {
        if (seen.get(state)) {
            return;
        }
        seen.set(state);
        for (Edge edge : edges.get(state)) {
            if (edge.variable() == WITHOUT_ROW) {
                variables[0] |= edge.closedTo();
                collect(edge.target(), seen, variables, targets);
            } else if (targets != null) {
                variables[0] |= edge.closedTo() | 1L << edge.variable();
                targets.add(edge.target());
            }
        }
    }

    /** Receives the ways on from a state, the preferred first, none twice. */
    interface Steps {
        void take(int variable, int target);
    }

    /** The ways on from a state for a row that the variables of {@code verdict} could take. */
    void steps(int state, long verdict, Steps steps) {
        steps(state, verdict, steps, new BitSet(), new BitSet());
    }

    private void steps(int state, long verdict, Steps steps, BitSet seen, BitSet taken) {
        if (seen.get(state)) {
            return;
        }
        seen.set(state);
        for (Edge edge : edges.get(state)) {
            if ((edge.closedTo() & verdict) != 0) {
                continue;
            }
            if (edge.variable() == WITHOUT_ROW) {
                steps(edge.target(), verdict, steps, seen, taken);
            } else if ((verdict >> edge.variable() & 1) != 0) {
                int step = edge.target() * Long.SIZE + edge.variable();
                if (!taken.get(step)) {
                    taken.set(step);
                    steps.take(edge.variable(), edge.target());
                }
            }
        }
    }

    /** Whether a run that has come to a state by a row is complete without a further one. */
    boolean isComplete(int state, long verdict) {
        return reachesEnd(state, verdict, new BitSet());
    }

    private boolean reachesEnd(int state, long verdict, BitSet seen) {
        if (state == end()) {
            return true;
        }
        if (seen.get(state)) {
            return false;
        }
        seen.set(state);
        for (Edge edge : edges.get(state)) {
            if (edge.variable() == WITHOUT_ROW
                    && (edge.closedTo() & verdict) == 0
                    && reachesEnd(edge.target(), verdict, seen)) {
                return true;
            }
        }
        return false;
    }

    /** Builds a graph from its end to its start: each part is given the state that it leads to. */
    public static final class Builder {
        private final List<List<Edge>> edges = new ArrayList<>();

        /** A graph that has its end only. */
        public Builder() {
            edges.add(List.of());
        }

        /** The state behind the last row. */
        public int end() {
            return PatternGraph.end();
        }

        private int state(List<Edge> out) {
            edges.add(out);
            return edges.size() - 1;
        }

        /** One row for a variable. */
        public int one(int variable, int sink) {
            return state(List.of(new Edge(sink, variable, 0)));
        }

        /** One of several parts, the first preferred. */
        public int choice(List<Integer> options) {
            return state(options.stream()
                    .map(option -> new Edge(option, WITHOUT_ROW, 0))
                    .toList());
        }

        /** When a row that the part could begin with is closed to what follows. */
        public enum Greed {
            NEVER,
            /** As long as the part may come once more. */
            WHILE_OPEN,
            /** Also behind the last time that it may come, as Flink has it for single variables. */
            ALWAYS
        }

        /**
         * A part several times.
         *
         * @param most -1 for any number
         * @param body makes the part before a state
         */
        public int repeat(int least, int most, Greed greed, IntUnaryOperator body, int sink) {
            int after = greed == Greed.NEVER ? sink : state(List.of(new Edge(sink, WITHOUT_ROW, first(body))));
            int entry = greed == Greed.ALWAYS ? after : sink;
            if (most < 0) {
                int loop = state(new ArrayList<>());
                edges.get(loop).add(new Edge(body.applyAsInt(loop), WITHOUT_ROW, 0));
                edges.get(loop).add(new Edge(after, WITHOUT_ROW, 0));
                entry = loop;
            }
            for (int i = Math.max(0, least); i < most; i++) {
                entry = choice(List.of(body.applyAsInt(entry), after));
            }
            for (int i = 0; i < least; i++) {
                entry = body.applyAsInt(entry);
            }
            return entry;
        }

        /** Variables that a part can begin with. */
        private long first(IntUnaryOperator body) {
            int entry = body.applyAsInt(state(List.of()));
            long[] variables = new long[1];
            first(entry, new BitSet(), variables);
            return variables[0];
        }

        private void first(int state, BitSet seen, long[] variables) {
            if (seen.get(state)) {
                return;
            }
            seen.set(state);
            for (Edge edge : edges.get(state)) {
                if (edge.variable() == WITHOUT_ROW) {
                    first(edge.target(), seen, variables);
                } else {
                    variables[0] |= 1L << edge.variable();
                }
            }
        }

        /** The graph that begins in a state. */
        public PatternGraph build(int start) {
            return new PatternGraph(edges, start);
        }
    }
}
