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

    /** All ways, the one that writes goldens first. */
    public static final List<GoldenWay> ALL = List.of(STRAIGHT, parallel(2, 7), parallel(4, 2048));

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
