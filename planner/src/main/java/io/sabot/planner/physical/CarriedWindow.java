package io.sabot.planner.physical;

import io.sabot.planner.plan.WindowSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * A window that rows carry in columns; -1 for a column that is not there.
 *
 * @param kind the windows, with no meaning in their time column
 */
record CarriedWindow(WindowSpec kind, int start, int end, int time) {
    /** Whether the end of a window tells its start. */
    boolean endTellsStart() {
        return !(kind instanceof WindowSpec.Session);
    }

    /** The columns that it is carried in. */
    List<Integer> columns() {
        return Stream.of(start, end, time).filter(column -> column >= 0).toList();
    }

    /** Columns of which each alone tells the window; several windows of CUMULATE have one start. */
    List<Integer> telling() {
        if (!endTellsStart()) {
            return List.of();
        }
        boolean oneSize = kind instanceof WindowSpec.Tumble || kind instanceof WindowSpec.Hop;
        return oneSize
                ? columns()
                : columns().stream().filter(column -> column != start).toList();
    }

    /** Whether both are cut by the same rule, so that equal ends mean equal windows. */
    boolean sameKind(CarriedWindow other) {
        return endTellsStart() && kind.withTime(other.kind.time()).equals(other.kind);
    }

    /** Whether both are the same windows in the same columns. */
    boolean isLike(CarriedWindow other) {
        return sameKind(other)
                && start == other.start
                && end == other.end
                && time == other.time
                && kind.time().zone().equals(other.kind.time().zone())
                && kind.time().offsetMillis() == other.kind.time().offsetMillis();
    }
}
