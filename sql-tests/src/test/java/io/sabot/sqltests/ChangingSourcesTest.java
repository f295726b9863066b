package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes of rows as captured from a database, in files, and queries over them: whatever is filtered, joined and
 * added up, the answer is that over the rows that are left, and the changes shown add up to it. Messages may come twice
 * and without the row before where only the key tells rows apart.
 */
class ChangingSourcesTest {
    private static final int KEYS = 7;

    @TempDir
    Path directory = Path.of("");

    /** What the messages written so far leave. */
    private final TreeMap<Integer, Integer> rows = new TreeMap<>();

    private static String row(int id, int value) {
        return "{\"id\":" + id + ",\"v\":" + value + "}";
    }

    private static String message(String before, String after, String operation) {
        return "{\"before\":" + before + ",\"after\":" + after + ",\"op\":\"" + operation + "\"}";
    }

    /** A change of one row, perhaps told twice. */
    private List<String> change(Random random, boolean unreliable) {
        int id = random.nextInt(KEYS);
        int value = random.nextInt(10);
        Integer before = rows.get(id);
        String message;
        if (before == null) {
            message = message("null", row(id, value), random.nextBoolean() ? "c" : "r");
            rows.put(id, value);
        } else if (random.nextInt(3) == 0) {
            message = message(row(id, before), "null", "d");
            rows.remove(id);
        } else {
            boolean lost = unreliable && random.nextBoolean();
            message = message(lost ? "null" : row(id, before), row(id, value), "u");
            rows.put(id, value);
        }
        return unreliable && random.nextInt(4) == 0 ? List.of(message, message) : List.of(message);
    }

    private void write(Random random, boolean unreliable) throws IOException {
        rows.clear();
        Map<Integer, List<String>> files = new TreeMap<>();
        for (int i = random.nextInt(80); i > 0; i--) {
            for (String message : change(random, unreliable)) {
                // all changes of a key in one file, in order
                int key = Integer.parseInt(message.replaceFirst(".*?\"id\":(\\d+).*", "$1"));
                files.computeIfAbsent(key % 2, file -> new ArrayList<>()).add(message);
            }
        }
        Path data = Files.createDirectories(directory.resolve("data"));
        for (int file = 0; file < 2; file++) {
            Files.write(data.resolve(file + ".json"), files.getOrDefault(file, List.of()));
        }
    }

    private List<String> answer(Statement statement, String sql, boolean changes) throws SQLException {
        TreeMap<String, Integer> counts = new TreeMap<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = changes ? 2 : 1; i <= result.getMetaData().getColumnCount(); i++) {
                    cells.add(result.getString(i));
                }
                int sign = changes && result.getString(1).startsWith("-") ? -1 : 1;
                counts.merge(String.join(" ", cells), sign, Integer::sum);
            }
        }
        List<String> left = new ArrayList<>();
        counts.forEach((row, count) -> {
            assertThat(count).as("times of row " + row).isNotNegative();
            for (int i = 0; i < count; i++) {
                left.add(row);
            }
        });
        return left;
    }

    private void check(Statement statement, String sql, List<String> expected, String about) throws SQLException {
        List<String> sorted = expected.stream().sorted().toList();
        assertThat(answer(statement, sql, false)).as(about + ": " + sql).isEqualTo(sorted);
        assertThat(answer(statement, sql + " EMIT CHANGES", true))
                .as(about + ", changes: " + sql)
                .isEqualTo(sorted);
    }

    @Test
    void answersAreThoseOverTheRowsThatAreLeft() throws SQLException, IOException {
        for (long seed = 0; seed < Integer.getInteger("sabot.test.changes.seeds", 15); seed++) {
            Random random = new Random(seed);
            boolean unreliable = random.nextBoolean();
            boolean keyed = unreliable || random.nextBoolean();
            write(random, unreliable);
            String about = "seed " + seed;
            try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:changes" + seed);
                    Statement statement = connection.createStatement()) {
                statement.execute("SET 'parallelism.default' = '" + (1 + random.nextInt(3)) + "'");
                statement.execute("SET 'sabot.batch-rows' = '" + (1 + random.nextInt(9)) + "'");
                statement.execute("SET 'table.exec.source.cdc-events-duplicate' = '" + unreliable + "'");
                statement.execute("CREATE TABLE t (id INT, v INT" + (keyed ? ", PRIMARY KEY (id) NOT ENFORCED" : "")
                        + ") WITH ('connector' = 'filesystem', 'format' = 'debezium-json', 'path' = '"
                        + directory.resolve("data") + "')");
                int bound = random.nextInt(10);
                int key = random.nextInt(KEYS);
                check(
                        statement,
                        "SELECT id, v FROM t WHERE v > " + bound,
                        rows.entrySet().stream()
                                .filter(row -> row.getValue() > bound)
                                .map(row -> row.getKey() + " " + row.getValue())
                                .toList(),
                        about);
                check(
                        statement,
                        "SELECT v FROM t WHERE id <= " + key + " AND v <> " + bound,
                        rows.entrySet().stream()
                                .filter(row -> row.getKey() <= key && row.getValue() != bound)
                                .map(row -> "" + row.getValue())
                                .toList(),
                        about);
                Map<Integer, List<Integer>> groups =
                        rows.values().stream().collect(Collectors.groupingBy(value -> value % 3));
                check(
                        statement,
                        "SELECT v % 3, COUNT(*), SUM(v), MAX(v) FROM t GROUP BY v % 3",
                        groups.entrySet().stream()
                                .map(group ->
                                        group.getKey() + " " + group.getValue().size() + " "
                                                + group.getValue().stream()
                                                        .mapToInt(i -> i)
                                                        .sum() + " "
                                                + group.getValue().stream()
                                                        .mapToInt(i -> i)
                                                        .max()
                                                        .orElse(0))
                                .toList(),
                        about);
                check(
                        statement,
                        "SELECT a.id, b.id FROM t AS a JOIN t AS b ON a.v = b.v WHERE a.id < b.id AND b.v < " + bound,
                        rows.entrySet().stream()
                                .flatMap(a -> rows.entrySet().stream()
                                        .filter(b -> a.getKey() < b.getKey()
                                                && a.getValue().equals(b.getValue())
                                                && b.getValue() < bound)
                                        .map(b -> a.getKey() + " " + b.getKey()))
                                .toList(),
                        about);
            }
        }
    }
}
