package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import java.util.HashSet;
import java.util.Set;

/**
 * Which tables must bring event time, and which must cut batches in front of late rows. Found by a first translation that
 * gives time to every table; the second gives it to these only.
 */
final class TimeDemand {
    private final Set<Table> timed = new HashSet<>();
    private final Set<Table> cut = new HashSet<>();
    private final Set<Table> history = new HashSet<>();
    private final Set<Table> stepped = new HashSet<>();
    private final Set<Table> untimed = new HashSet<>();

    /** An operator reads the watermark of this input. */
    void time(Stage input) {
        timed.addAll(input.sources());
    }

    /** An operator reads the watermark of this input and drops rows behind it. */
    void late(Stage input) {
        time(input);
        cut.addAll(input.sources());
    }

    /** An operator looks at every version of the rows of this input, so that nothing before it may leave one out. */
    void history(Stage input) {
        time(input);
        history.addAll(input.sources());
    }

    /** An operator of a plan that ends has windows by a column of this input that carries no time: no row of it is late. */
    void untimed(Stage input) {
        untimed.addAll(input.sources());
    }

    /** An expression reads the watermark in front of each row of this input. */
    void steps(Stage input) {
        time(input);
        stepped.addAll(input.sources());
    }

    void addAll(TimeDemand other) {
        untimed.addAll(other.untimed);
        stepped.addAll(other.stepped);
        history.addAll(other.history);
        timed.addAll(other.timed);
        cut.addAll(other.cut);
    }

    boolean isTimed(Table table) {
        return timed.contains(table) && !untimed.contains(table);
    }

    boolean isHistory(Table table) {
        return history.contains(table);
    }

    boolean isStepped(Table table) {
        return stepped.contains(table);
    }

    boolean isCut(Table table) {
        return cut.contains(table);
    }
}
