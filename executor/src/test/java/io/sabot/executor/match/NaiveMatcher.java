package io.sabot.executor.match;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds matches by trying all ways for each first row, one after the other, over all rows of a partition at once: what {@link
 * MatchOperator} must find row by row.
 */
final class NaiveMatcher {
    /** A pattern; variables are numbers. */
    sealed interface Pattern {
        /** A random one over variables 0 to 3. What may be empty is not repeated: no row tells how often it was. */
        static Pattern random(Random random, int depth) {
            int kind = depth == 0 ? 0 : random.nextInt(4);
            if (kind == 0) {
                return new One(random.nextInt(4));
            }
            if (kind == 3) {
                int least = random.nextInt(3);
                int most = random.nextInt(3) == 0 ? -1 : Math.max(1, least + random.nextInt(3));
                Pattern body = random(random, depth - 1);
                return body.canBeEmpty() ? body : new Repeat(body, least, most, random.nextBoolean());
            }
            List<Pattern> parts = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                parts.add(random(random, depth - 1));
            }
            return kind == 1 ? new Sequence(parts) : new Choice(parts);
        }

        default boolean canBeEmpty() {
            if (this instanceof Sequence sequence) {
                return sequence.parts.stream().allMatch(Pattern::canBeEmpty);
            }
            if (this instanceof Choice choice) {
                return choice.options.stream().anyMatch(Pattern::canBeEmpty);
            }
            return this instanceof Repeat repeat && (repeat.least == 0 || repeat.body.canBeEmpty());
        }

        /** Variables that it can begin with, as bits; behind an empty part those of the next. */
        default int first() {
            if (this instanceof One one) {
                return 1 << one.variable;
            }
            if (this instanceof Choice choice) {
                return choice.options.stream().mapToInt(Pattern::first).reduce(0, (a, b) -> a | b);
            }
            if (this instanceof Repeat repeat) {
                return repeat.body.first();
            }
            int first = 0;
            for (Pattern part : ((Sequence) this).parts) {
                first |= part.first();
                if (!part.canBeEmpty()) {
                    break;
                }
            }
            return first;
        }

        /** The state of the operator's graph in which it begins. */
        default int build(PatternGraph.Builder graph, int sink) {
            if (this instanceof One one) {
                return graph.one(one.variable, sink);
            }
            if (this instanceof Choice choice) {
                return graph.choice(choice.options.stream()
                        .map(option -> option.build(graph, sink))
                        .toList());
            }
            if (this instanceof Repeat repeat) {
                IntUnaryOperator body = state -> repeat.body.build(graph, state);
                return graph.repeat(
                        repeat.least,
                        repeat.most,
                        repeat.hungry ? PatternGraph.Builder.Greed.WHILE_OPEN : PatternGraph.Builder.Greed.NEVER,
                        body,
                        sink);
            }
            int state = sink;
            List<Pattern> parts = ((Sequence) this).parts;
            for (int i = parts.size() - 1; i >= 0; i--) {
                state = parts.get(i).build(graph, state);
            }
            return state;
        }
    }

    record One(int variable) implements Pattern {}

    record Sequence(List<Pattern> parts) implements Pattern {}

    record Choice(List<Pattern> options) implements Pattern {}

    record Repeat(Pattern body, int least, int most, boolean hungry) implements Pattern {}

    /**
     * A row.
     *
     * @param takers variables that could take it, as bits
     */
    record Row(long time, long id, int takers) {}

    /** First and last row of a match, and the variable of each row. */
    record Match(int first, int last, List<Integer> variables) {}

    /** What follows a part: goes on at a row with the variables so far. */
    private interface Then {
        void at(int row, List<Integer> variables);
    }

    private final List<Row> rows;
    private final MatchSpec.Skip skip;
    private final int skipVariable;
    private final long within;
    private int start;
    private boolean alive;
    private @Nullable Match best;
    /** All matches that begin with the same row. */
    private final Set<Match> ways = new HashSet<>();
    /** Last row that any search has looked at. */
    private int reached;

    private boolean ambiguous;

    NaiveMatcher(List<Row> rows, MatchSpec.Skip skip, int skipVariable, long within) {
        this.rows = rows;
        this.skip = skip;
        this.skipVariable = skipVariable;
        this.within = within;
    }

    /** All matches; null when a skip leads nowhere. */
    @Nullable
    List<Match> matches(Pattern pattern) {
        List<Match> matches = new ArrayList<>();
        int next = 0;
        for (int row = 0; row < rows.size(); row++) {
            if (row < next) {
                continue;
            }
            start = row;
            alive = false;
            best = null;
            ways.clear();
            int reachedBefore = reached;
            go(pattern, row, List.of(), this::complete);
            Match found = best;
            if (found == null && alive && within == 0) {
                return matches; // it may yet become complete: nothing behind it leaves
            }
            if (found == null) {
                continue;
            }
            matches.add(found);
            ambiguous |= ways.size() > 1
                    && (reachedBefore > found.last()
                            || ways.stream()
                                            .filter(way -> way.last() == found.last())
                                            .count()
                                    > 1);
            next = target(found);
            if (next < 0) {
                return null;
            }
        }
        return matches;
    }

    /** Whether of several matches with the same first row more than one may be taken: of the same length, or held back. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    private void complete(int row, List<Integer> variables) {
        Match found = new Match(start, row - 1, variables);
        ways.add(found);
        if (best == null || found.last() < best.last()) {
            best = found;
        }
    }

    private int target(Match match) {
        int first = match.variables().indexOf(skipVariable);
        int last = match.variables().lastIndexOf(skipVariable);
        return switch (skip) {
            case NEXT_ROW -> match.first() + 1;
            case PAST_LAST_ROW -> match.last() + 1;
            case FIRST -> first <= 0 ? -1 : match.first() + first;
            case LAST -> last <= 0 ? -1 : match.first() + last;
        };
    }

    private void go(Pattern pattern, int row, List<Integer> variables, Then then) {
        reached = Math.max(reached, row);
        if (pattern instanceof One one) {
            if (row == rows.size()) {
                alive = true;
            } else if ((rows.get(row).takers() >> one.variable() & 1) != 0
                    && (within == 0 || rows.get(row).time() - rows.get(start).time() < within)) {
                List<Integer> more = new ArrayList<>(variables);
                more.add(one.variable());
                then.at(row + 1, more);
            }
        } else if (pattern instanceof Sequence sequence) {
            sequence(sequence.parts(), 0, row, variables, then);
        } else if (pattern instanceof Choice choice) {
            choice.options().forEach(option -> go(option, row, variables, then));
        } else if (pattern instanceof Repeat repeat) {
            repeat(repeat, 0, row, -1, variables, then);
        }
    }

    private void sequence(List<Pattern> parts, int part, int row, List<Integer> variables, Then then) {
        if (part == parts.size()) {
            then.at(row, variables);
        } else {
            go(parts.get(part), row, variables, (r, v) -> sequence(parts, part + 1, r, v, then));
        }
    }

    private void repeat(Repeat repeat, int times, int row, int before, List<Integer> variables, Then then) {
        boolean empty = row == before; // the body took no row: once more would take none either
        if ((repeat.most() < 0 || times < repeat.most()) && !(empty && times >= repeat.least())) {
            go(repeat.body(), row, variables, (r, v) -> repeat(repeat, times + 1, r, row, v, then));
        }
        boolean full = repeat.most() >= 0 && times == repeat.most();
        boolean closed = repeat.hungry()
                && !full
                && row < rows.size()
                && (rows.get(row).takers() & repeat.body().first()) != 0;
        if (times >= repeat.least() && !closed) {
            then.at(row, variables);
        }
    }
}
