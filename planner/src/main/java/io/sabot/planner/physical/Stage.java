package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Schema;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node of the plan and what later steps ask about its rows beyond what the plan says.
 *
 * @param windows windows that the rows carry in columns
 * @param sources tables whose rows flow into it
 */
record Stage(PlanNode node, Distribution distribution, List<CarriedWindow> windows, Set<Table> sources) {
    Stage {
        windows = List.copyOf(windows);
        sources = Set.copyOf(sources);
    }

    Schema schema() {
        return node.schema();
    }

    StreamProperties stream() {
        return node.info().stream();
    }

    boolean isAppendOnly() {
        return stream().changelog() == ChangelogMode.APPEND_ONLY;
    }

    /** How a column carries event time. */
    Optional<TimeColumn> eventTime(int column) {
        return time(column).filter(time -> time.domain() == TimeDomain.EVENT);
    }

    Optional<TimeColumn> time(int column) {
        return stream().times().stream().filter(time -> time.column() == column).findFirst();
    }
}
