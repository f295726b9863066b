package io.sabot.sqltests;

import java.util.List;
import java.util.Map;

/**
 * A way to run a script.
 *
 * @param raw whether changes are compared one by one, in order; otherwise what they add up to is compared
 * @param settings of the session
 */
public record GoldenWay(String name, boolean raw, Map<String, String> settings) {
    /** Row by row in one task: changelogs can be reproduced to the row, so goldens are written in this way. */
    public static final GoldenWay STRAIGHT = new GoldenWay(
            "straight",
            true,
            Map.of("parallelism.default", "1", "sabot.batch-rows", "1", "sabot.epoch-after-each-batch", "true"));

    /**
     * Each query is checkpointed at parallelism 2, stopped, goes on at 3, is stopped again, and is finished by one task.
     */
    public static final GoldenWay RESTORED = new GoldenWay(
            "restored",
            false,
            Map.of(
                    "parallelism.default",
                    "2",
                    "sabot.batch-rows",
                    "2",
                    "sabot.restart-after-batches",
                    "1",
                    "sabot.restart-parallelism",
                    "3,1"));

    /** All ways, the one that writes goldens first. */
    public static final List<GoldenWay> ALL = List.of(STRAIGHT, parallel(4, 2048), RESTORED);

    public GoldenWay {
        settings = Map.copyOf(settings);
    }

    private static GoldenWay parallel(int parallelism, int batchRows) {
        return new GoldenWay(
                "parallelism " + parallelism + ", batches of " + batchRows,
                false,
                Map.of(
                        "parallelism.default",
                        Integer.toString(parallelism),
                        "sabot.batch-rows",
                        Integer.toString(batchRows)));
    }

    @Override
    public String toString() {
        return name;
    }
}
