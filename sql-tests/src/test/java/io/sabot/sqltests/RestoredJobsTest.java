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
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A continuous job that is paused in the middle of its work, and goes on in another engine process at another
 * parallelism, writes in the end what a query over all its input gives.
 */
class RestoredJobsTest {
    private static final int FILE_COUNT = 4;
    private static final int ROWS_PER_FILE = 400;
    private static final int SECONDS_MAX = 60;

    /** Ends the windows of all rows before it. */
    private static final String LAST_ROW = "{\"ts\": \"2100-01-01 00:00:00\", \"item\": \"last\", \"price\": 0}";

    /**
     * A query and the table that takes its rows.
     *
     * @param views names and queries of views that it reads: materialized ones of the job, plain ones of what is expected
     */
    private record Job(String name, List<String> views, String sink, String query) {
        Job(String name, String sink, String query) {
            this(name, List.of(), sink, query);
        }

        void create(Connection connection, String kind) throws SQLException {
            for (String view : views) {
                Rows.run(connection, "CREATE " + kind + " " + view);
            }
        }
    }

    private static final List<Job> JOBS = List.of(
            new Job(
                    "filter",
                    "CREATE STREAM results (item STRING, price INT)",
                    "SELECT item, price FROM bids WHERE price > 900"),
            new Job("tumble", "CREATE STREAM results (item STRING, s TIMESTAMP(3), n BIGINT, total INT)", """
                    SELECT item, window_start AS s, COUNT(*) AS n, SUM(price) AS total
                    FROM TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND)
                    WHERE item <> 'last' GROUP BY item, window_start, window_end"""),
            new Job("hop", "CREATE STREAM results (s TIMESTAMP(3), e TIMESTAMP(3), high INT, items BIGINT)", """
                    SELECT window_start AS s, window_end AS e, MAX(price) AS high, COUNT(DISTINCT item) AS items
                    FROM HOP(TABLE bids, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND)
                    WHERE item <> 'last' GROUP BY window_start, window_end"""),
            new Job(
                    "group",
                    "CREATE TABLE results (item STRING, n BIGINT, low INT, PRIMARY KEY (item) NOT ENFORCED)",
                    "SELECT item, COUNT(*) AS n, MIN(price) AS low FROM bids GROUP BY item"),
            new Job("regroup", "CREATE TABLE results (n BIGINT, items BIGINT, PRIMARY KEY (n) NOT ENFORCED)", """
                    SELECT n, COUNT(*) AS items
                    FROM (SELECT item, COUNT(*) AS n FROM bids GROUP BY item) GROUP BY n"""),
            new Job("join", "CREATE STREAM results (item STRING, high INT, low INT)", """
                    SELECT a.item, a.price AS high, b.price AS low FROM bids AS a JOIN bids AS b
                    ON a.item = b.item AND a.price > 980 AND b.price < 20"""),
            new Job(
                    "windows over a view",
                    List.of("seen AS SELECT item, ts, price * 2 AS price FROM bids WHERE price > 100 OR item = 'last'"),
                    "CREATE STREAM results (item STRING, s TIMESTAMP(3), n BIGINT, total INT)",
                    """
                    SELECT item, window_start AS s, COUNT(*) AS n, SUM(price) AS total
                    FROM TUMBLE(TABLE seen, DESCRIPTOR(ts), INTERVAL '10' SECOND)
                    WHERE item <> 'last' GROUP BY item, window_start, window_end"""),
            new Job(
                    "windows over views of windows",
                    List.of("seen AS SELECT item, ts, price FROM bids", """
                            fine AS SELECT item, window_time AS ended, SUM(price) AS total
                            FROM TUMBLE(TABLE seen, DESCRIPTOR(ts), INTERVAL '5' SECOND)
                            GROUP BY item, window_start, window_end, window_time"""),
                    "CREATE STREAM results (s TIMESTAMP(3), n BIGINT, total INT)",
                    """
                    SELECT window_start AS s, COUNT(*) AS n, SUM(total) AS total
                    FROM HOP(TABLE fine, DESCRIPTOR(ended), INTERVAL '10' SECOND, INTERVAL '20' SECOND)
                    WHERE item <> 'last' GROUP BY window_start, window_end"""),
            new Job(
                    "over of a view",
                    List.of("seen AS SELECT item, ts, price FROM bids"),
                    "CREATE STREAM results (item STRING, ts TIMESTAMP(3), price INT, n BIGINT, total INT)",
                    """
                    SELECT item, ts, price, COUNT(*) OVER w AS n, SUM(price) OVER w AS total FROM seen WHERE item <> 'last'
                    WINDOW w AS (PARTITION BY item ORDER BY ts RANGE BETWEEN INTERVAL '8' SECOND PRECEDING AND CURRENT ROW)"""));

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> jobs() {
        return JOBS.stream().map(job -> DynamicTest.dynamicTest(job.name(), () -> check(job)));
    }

    private void check(Job job) throws IOException, SQLException {
        Path input = Files.createDirectories(folder.resolve(job.name()).resolve("in"));
        Path engine = folder.resolve(job.name()).resolve("engine");
        write(input, 0);
        List<String> afterFirst = expected(job, input, "first");
        try (Connection connection = open(engine, 2, 7)) {
            Rows.run(connection, table(input, ", 'source.monitor-interval' = '20 ms'"));
            job.create(connection, "MATERIALIZED VIEW");
            Rows.run(connection, job.sink());
            Rows.run(connection, "SET 'pipeline.name' = 'restored'");
            Rows.run(connection, "INSERT INTO results " + job.query() + " EMIT CHANGES");
            awaitRows(connection, Math.min(10, afterFirst.size() / 2));
            Rows.run(connection, "PAUSE JOB restored");
        }
        write(input, 1);
        List<String> expected = expected(job, input, "all");
        try (Connection connection = open(engine, 3, 64)) {
            Rows.run(connection, "RESUME JOB restored");
            awaitContent(connection, expected);
            assertThat(Rows.sorted(connection, "SELECT * FROM results")).isEqualTo(expected);
            assertThat(Rows.of(connection, "SHOW JOBS"))
                    .hasSize(1 + job.views().size())
                    .allSatisfy(shown -> assertThat(shown).contains("running"));
            Rows.run(connection, "CANCEL JOB restored");
        }
    }

    private static Connection open(Path engine, int parallelism, int batchRows) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("parallelism.default", Integer.toString(parallelism));
        settings.setProperty("sabot.batch-rows", Integer.toString(batchRows));
        settings.setProperty("execution.checkpointing.interval", "20 ms");
        return DriverManager.getConnection("jdbc:sabot:" + engine, settings);
    }

    private static String table(Path input, String options) {
        return """
            CREATE TABLE bids (ts TIMESTAMP(3), item STRING, price INT, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
            WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%s'%s)""".formatted(input, options);
    }

    /** Rows of one half of the input. The second begins so much later that none of its rows is behind the first. */
    private static void write(Path input, int half) throws IOException {
        Random random = new Random(Bids.SEED + half);
        LocalDateTime start = LocalDateTime.of(2024, 1, 1, half, 0);
        for (int file = 0; file < FILE_COUNT; file++) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < ROWS_PER_FILE; i++) {
                int behindMillis = random.nextInt(20) == 0 ? random.nextInt(40_000) : random.nextInt(1_500);
                LocalDateTime time = start.plusNanos((i * 200L - behindMillis) * 1_000_000L);
                lines.add("{\"ts\": \"" + time.toString().replace('T', ' ') + "\", \"item\": \"item-"
                        + random.nextInt(20) + "\", \"price\": " + random.nextInt(1000) + "}");
            }
            if (half == 1) {
                lines.add(LAST_ROW);
            }
            Path hidden = input.resolve("." + half + "-" + file + ".json");
            Files.write(hidden, lines);
            Files.move(hidden, input.resolve(half + "-" + file + ".json"));
        }
    }

    /** What a query gives over the same files, sorted. */
    private static List<String> expected(Job job, Path input, String name) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sabot:mem:" + job.name().replace(' ', '-') + "-" + name)) {
            Rows.run(connection, table(input, ""));
            job.create(connection, "VIEW");
            List<String> rows = Rows.sorted(connection, job.query());
            assertThat(rows).isNotEmpty();
            return rows;
        }
    }

    private static void awaitRows(Connection connection, int count) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM results EMIT CHANGES")) {
                RowTable.read(rows, Math.max(1, count));
            }
        }
    }

    /** Follows the table until it holds these rows. */
    private static void awaitContent(Connection connection, List<String> expected) throws SQLException {
        List<String> content = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(SECONDS_MAX);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM results EMIT CHANGES")) {
                boolean changing = "op".equals(rows.getMetaData().getColumnLabel(1));
                while (content.size() != expected.size()
                        || !content.stream().sorted().toList().equals(expected)) {
                    RowTable next = RowTable.read(rows, 1);
                    assertThat(next.rows())
                            .as("more changes, so far %s", content)
                            .hasSize(1);
                    apply(next.rows().get(0), changing, content);
                    assertThat(changing || content.size() <= expected.size())
                            .as("a row too much: %s", next)
                            .isTrue();
                }
            }
        }
    }

    private static void apply(List<String> row, boolean changing, List<String> content) {
        String values = String.join("|", changing ? row.subList(1, row.size()) : row);
        if (!changing || row.get(0).equals("+I") || row.get(0).equals("+U")) {
            content.add(values);
        } else {
            content.remove(values);
        }
    }
}
