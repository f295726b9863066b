package io.sabot.planner.physical;

import io.sabot.planner.plan.PlanNode;
import java.util.List;

/** Brings rows that belong together into one task, where they are not yet. */
final class Exchanges {
    private final Build build;

    Exchanges(Build build) {
        this.build = build;
    }

    /** Rows that agree in these columns are in one task; without columns all rows are. */
    Stage byKeys(Stage input, List<Integer> keys) {
        return input.distribution().groups(keys) ? input : exchange(input, keys);
    }

    Stage exchange(Stage input, List<Integer> keys) {
        if (input.distribution().isHash(keys)) {
            return input;
        }
        PlanNode node =
                new PlanNode.Exchange(build.info("exchange", input.schema(), input.stream()), input.node(), keys);
        return new Stage(node, Distribution.hash(keys), input.windows(), input.sources());
    }
}
