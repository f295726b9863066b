package io.sabot.planner;

import io.sabot.catalog.connector.Descriptors;
import io.sabot.parser.SqlParser;
import io.sabot.parser.statement.Query;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/** Plans one query in a fresh process and prints where the time goes; {@code SELECT 1} unless a query is given. */
final class StartUp {
    private StartUp() {}

    public static void main(String[] arguments) {
        long begin = System.nanoTime();
        Query query = (Query) SqlParser.parse(arguments.length > 0 ? arguments[0] : "SELECT 1");
        long parsed = System.nanoTime();
        Planner planner = new Planner(new MemoryCatalog(), new Descriptors(List.of(), List.of()), Map.of());
        Planner.explain(planner.planQuery(query, QueryMode.SNAPSHOT));
        long planned = System.nanoTime();
        planner.planQuery(query, QueryMode.SNAPSHOT);
        long again = System.nanoTime();
        long sinceStart = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf(
                "parse_ms=%d plan_ms=%d again_ms=%d since_start_ms=%d classes=%d%n",
                (parsed - begin) / 1_000_000,
                (planned - parsed) / 1_000_000,
                (again - planned) / 1_000_000,
                sinceStart,
                ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    }
}
