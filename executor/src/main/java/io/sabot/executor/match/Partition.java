package io.sabot.executor.match;

import io.sabot.executor.match.Run.Event;
import io.sabot.executor.match.Run.Taken;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one partition and what becomes of them row by row.
 *
 * <p>The order of runs with the same first row decides which of several equal matches is taken. It is Flink's, which users
 * see: runs stand in binary heaps that are walked in the order of their arrays. Heaps written and read in that order stay the
 * same.
 */
final class Partition {
    private final PatternGraph graph;
    private final MatchSpec spec;
    private final boolean distinctStates;
    private PriorityQueue<Run> runs = new PriorityQueue<>(Run.BY_FIRST);
    /** Matches that wait for runs that began earlier. */
    private final PriorityQueue<Run> complete = new PriorityQueue<>(Run.BY_FIRST);

    private long nextSequence;
    /** Time at which runs are looked through next; {@link Long#MAX_VALUE} when none is set. */
    long timer = Long.MAX_VALUE;

    boolean changed;
    /** Round of a batch in which the partition had its last row; rounds of each batch are counted anew. */
    int round = -1;

    /** @param distinctStates whether runs that agree in first row and state have the same future */
    Partition(MatchSpec spec, boolean distinctStates) {
        this.graph = spec.graph();
        this.spec = spec;
        this.distinctStates = distinctStates;
        runs.add(new Run(graph.start(), null, null));
    }

    /** For the store: a partition with these runs, in the order of their arrays. */
    static Partition restored(
            MatchSpec spec, boolean distinctStates, List<Run> runs, List<Run> complete, long nextSequence, long timer) {
        Partition partition = new Partition(spec, distinctStates);
        partition.runs.clear();
        partition.runs.addAll(runs);
        partition.complete.addAll(complete);
        partition.nextSequence = nextSequence;
        partition.timer = timer;
        return partition;
    }

    /** All runs, in the order in which verdicts are given. */
    Iterable<Run> runs() {
        return runs;
    }

    int runCount() {
        return runs.size();
    }

    Iterable<Run> complete() {
        return complete;
    }

    int completeCount() {
        return complete.size();
    }

    long nextSequence() {
        return nextSequence;
    }

    /** Whether nothing has begun. */
    boolean isIdle() {
        return runs.size() == 1 && complete.isEmpty() && timer == Long.MAX_VALUE;
    }

    /** Time of the first row of the run that began first; {@link Long#MAX_VALUE} when none has begun. */
    long earliest() {
        Event first = earliestRun().first();
        return first == null ? Long.MAX_VALUE : first.time();
    }

    private Run earliestRun() {
        return Objects.requireNonNull(runs.peek(), "the run without rows is always there");
    }

    /** Gives runs up that would become too long, and hands out matches that were held back by them. */
    void advance(long time, Consumer<Run> matches) {
        if (spec.within() == 0 || !isOver(earliestRun(), time)) {
            return;
        }
        PriorityQueue<Run> left = new PriorityQueue<>(Run.BY_FIRST);
        for (Run run : runs) {
            if (!isOver(run, time)) {
                left.add(run);
            }
        }
        runs = left;
        changed = true;
        release(matches);
    }

    private boolean isOver(Run run, long time) {
        return run.first() != null
                && (time == Long.MAX_VALUE || time - run.first().time() >= spec.within());
    }

    /**
     * Moves all runs by a row.
     *
     * @param verdicts for each run of {@link #runs}, which variables could take the row; begins at {@code from}
     * @param row makes the bytes of the row when a run takes it
     */
    void step(long time, Supplier<byte[]> row, long[] verdicts, int from, Consumer<Run> matches) {
        PriorityQueue<Run> next = new PriorityQueue<>(Run.BY_FIRST);
        Stepping stepping = new Stepping(time, row, next);
        int index = from;
        for (Run run : runs) {
            stepping.run(run, verdicts[index++]);
        }
        changed |= stepping.event != null || runs.size() != 1;
        runs = next;
        complete.addAll(stepping.completed);
        release(matches);
    }

    /** One row on its way through the runs. */
    private final class Stepping implements PatternGraph.Steps {
        private final long time;
        private final Supplier<byte[]> row;
        private final PriorityQueue<Run> next;
        private final PriorityQueue<Run> completed = new PriorityQueue<>(Run.BY_FIRST);
        private final Set<List<Object>> reached = new HashSet<>();
        private @Nullable Event event;
        private Run run = new Run(0, null, null);
        private long verdict;

        Stepping(long time, Supplier<byte[]> row, PriorityQueue<Run> next) {
            this.time = time;
            this.row = row;
            this.next = next;
        }

        void run(Run moved, long itsVerdict) {
            run = moved;
            verdict = itsVerdict;
            graph.steps(moved.state(), itsVerdict, this);
            if (moved.first() == null) {
                next.add(moved);
            }
        }

        @Override
        public void take(int variable, int target) {
            Event taken = event;
            if (taken == null) {
                taken = new Event(time, nextSequence++, row.get());
                event = taken;
            }
            Event first = run.first() == null ? taken : run.first();
            boolean isNew = !distinctStates || reached.add(List.of(first, target));
            if (!isNew) {
                return;
            }
            Run moved = new Run(target, first, new Taken(taken, variable, run.last()));
            if (target != PatternGraph.end()) {
                next.add(moved);
            }
            if (graph.isComplete(target, verdict)) {
                completed.add(new Run(PatternGraph.end(), first, moved.last()));
            }
        }
    }

    /** Hands out complete matches that no run which began earlier can come before. */
    private void release(Consumer<Run> matches) {
        Run match = complete.peek();
        while (match != null && Run.BY_FIRST.compare(match, earliestRun()) <= 0) {
            complete.remove();
            changed = true;
            matches.accept(match);
            skip(match);
            match = complete.peek();
        }
    }

    /** Drops what begins with rows that are skipped. */
    private void skip(Run match) {
        Event first = match.first();
        Taken last = match.last();
        if (first == null || last == null) {
            throw new AssertionError("a match without rows");
        }
        switch (spec.skip()) {
            case NEXT_ROW -> drop(first, first);
            case PAST_LAST_ROW -> drop(null, last.event);
            case FIRST, LAST -> dropBefore(target(first, last));
        }
    }

    private void drop(@Nullable Event from, Event to) {
        runs.removeIf(run -> isBetween(run.first(), from, to));
        complete.removeIf(run -> isBetween(run.first(), from, to));
    }

    private static boolean isBetween(@Nullable Event event, @Nullable Event from, Event to) {
        return event != null && (from == null || event.compareTo(from) >= 0) && event.compareTo(to) <= 0;
    }

    private void dropBefore(Event target) {
        runs.removeIf(run -> run.first() != null && run.first().compareTo(target) < 0);
        complete.removeIf(run -> run.first() != null && run.first().compareTo(target) < 0);
    }

    private Event target(Event first, Taken last) {
        Event target = null;
        for (Taken taken = last; taken != null; taken = taken.before) {
            boolean wanted = spec.skip() == MatchSpec.Skip.FIRST || target == null;
            if (wanted && taken.isBy(spec.skipVariables())) {
                target = taken.event;
            }
        }
        if (target == null) {
            throw SabotException.of(
                            ErrorCode.DATA_EXCEPTION, "a match cannot be followed by the next one: no row to skip to")
                    .why("the variable of AFTER MATCH SKIP TO took no row in it")
                    .hint("skip to a variable that takes a row in every match, or SKIP PAST LAST ROW")
                    .at(spec.span());
        }
        if (target.equals(first)) {
            throw SabotException.of(
                            ErrorCode.DATA_EXCEPTION,
                            "a match cannot be followed by the next one: it would begin alike")
                    .why("AFTER MATCH SKIP leads to the first row of the match")
                    .hint("skip to a variable that takes a later row, or SKIP TO NEXT ROW")
                    .at(spec.span());
        }
        return target;
    }
}
