package io.sabot.sqltests.random;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table that a query is written into. One with a key holds one row for each key of the query's answer, which must be one
 * of the answer's rows; one without holds the answer.
 *
 * @param key whether column {@code k} is its primary key
 * @param query its columns are those of the table
 * @param conflict what INSERT says about rows of equal key; may be empty
 */
record Target(String table, boolean key, String query, String conflict) {
    static Target plain(String table, String query) {
        return new Target(table, false, query, "");
    }

    /** A target with a key: of the query's groups, or one of which the query may have several rows, and which changes. */
    static Target keyed(String table, String query, Random random) {
        String from = " FROM (" + query + ") AS q";
        return switch (random.nextInt(4)) {
            case 0 ->
                new Target(
                        table,
                        true,
                        "SELECT COALESCE(a, -1) AS k, COUNT(b) AS b, MAX(c) AS c" + from + " GROUP BY COALESCE(a, -1)",
                        pick(random, "", " ON CONFLICT DO ERROR"));
            case 1 ->
                // the key of the table is what changes in the query
                new Target(
                        table,
                        true,
                        "SELECT COUNT(*) AS k, a AS b, MIN(c) AS c" + from + " GROUP BY a",
                        pick(random, "", " ON CONFLICT DO DEDUPLICATE", " ON CONFLICT DO NOTHING"));
            default ->
                new Target(
                        table,
                        true,
                        "SELECT COALESCE(" + pick(random, "a", "b") + ", -9) AS k, a + b AS b, c" + from,
                        pick(random, "", " ON CONFLICT DO DEDUPLICATE", " ON CONFLICT DO NOTHING"));
        };
    }

    private static String pick(Random random, String... of) {
        return of[random.nextInt(of.length)];
    }

    String create(String run) {
        String columns = key
                ? "k BIGINT NOT NULL, b BIGINT, c STRING, PRIMARY KEY (k) NOT ENFORCED"
                : "a BIGINT, b BIGINT, c STRING";
        return "CREATE TABLE " + table + " (" + columns + ") WITH ('connector' = 'recorder', 'run' = '" + run + "'"
                + (key ? ", 'keyed' = 'true'" : "") + ")";
    }

    String insert() {
        return "INSERT INTO " + table + " " + query + conflict;
    }

    /** What is wrong with the content of the table when this is the query's answer; empty when nothing is. */
    String differences(Multiset answer, Content content) {
        return key ? keyedDifferences(answer, content.byKey()) : answer.differences(content.rows());
    }

    private static String keyedDifferences(Multiset answer, Map<Object, List<@Nullable Object>> content) {
        Map<Object, List<List<@Nullable Object>>> expected = new HashMap<>();
        for (List<@Nullable Object> row : answer.rows()) {
            expected.computeIfAbsent(String.valueOf(row.get(0)), k -> new ArrayList<>())
                    .add(row);
        }
        List<String> lines = new ArrayList<>();
        expected.forEach((k, rows) -> {
            List<@Nullable Object> got = content.get(k);
            if (got == null || !rows.contains(got)) {
                lines.add("key " + k + " expected one of " + rows + ", got " + got);
            }
        });
        content.forEach((k, row) -> {
            if (!expected.containsKey(k)) {
                lines.add("key " + k + " expected no row, got " + row);
            }
        });
        lines.sort(null);
        return String.join("\n", lines);
    }
}
