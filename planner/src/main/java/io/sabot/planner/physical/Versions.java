package io.sabot.planner.physical;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.List;
import java.util.Optional;

/**
 * What the right side of a temporal join gives: rows that each replace the one before it of their key, from their time on.
 *
 * @param stage its columns may be followed by more, which the join does not give
 * @param keys any of them tells whose version a row is
 * @param time from when on a row holds
 */
record Versions(Stage stage, List<List<Integer>> keys, Optional<TimeColumn> time) {
    /** Versions of a table with a key and event time, or what has neither. */
    static Versions of(Stage stage) {
        Optional<TimeColumn> time = stage.stream().times().stream()
                .filter(column -> column.domain() == TimeDomain.EVENT)
                .findFirst();
        return new Versions(stage, stage.stream().upsertKeys(), time);
    }
}
