package io.sabot.sqltests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sqlline.SqlLine;

/** sqlline, HikariCP and Avatica's own driver on the real engine. */
@Timeout(60)
class StockClientsTest {
    private static final String WINDOWS = """
            SELECT item, window_start, SUM(price) AS total
            FROM TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND) GROUP BY item, window_start, window_end""";

    @TempDir
    Path folder;

    private String bids() throws IOException {
        Path file = folder.resolve("bids.json");
        Files.writeString(file, """
            {"ts": "2024-01-01 00:00:01", "item": "A", "price": 10}
            {"ts": "2024-01-01 00:00:04", "item": null, "price": 20}
            {"ts": "2024-01-01 00:00:11", "item": "A", "price": 30}
            """);
        return """
            CREATE TABLE bids (ts TIMESTAMP(3), item STRING, price DECIMAL(10, 2), WATERMARK FOR ts AS ts)
            WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json')""".formatted(file);
    }

    private static void run(Door door, String sql) throws SQLException {
        try (Statement statement = door.keeper().createStatement()) {
            statement.execute(sql);
        }
    }

    private static String sqlline(Door door, String... commands) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SqlLine sqlLine = new SqlLine();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        sqlLine.setOutputStream(out);
        sqlLine.setErrorStream(out);
        List<String> arguments = new ArrayList<>(List.of(
                "-u",
                door.url(),
                "-n",
                "",
                "-p",
                "",
                "-d",
                "io.sabot.jdbc.SabotDriver",
                "--outputformat=csv",
                "--color=false"));
        for (String command : commands) {
            arguments.add("-e");
            arguments.add(command);
        }
        sqlLine.begin(arguments.toArray(String[]::new), null, false);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Door.Place.class)
    void sqllineDefinesWritesAndReads(Door.Place place) throws IOException, SQLException {
        try (Door door = Door.open(place)) {
            String text = sqlline(
                    door,
                    bids().replace('\n', ' ') + ";",
                    WINDOWS.replace('\n', ' ') + ";",
                    "CREATE TABLE kept (id INT, moment TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED);",
                    "INSERT INTO kept VALUES (1, TIMESTAMP '2024-01-01 12:00:00'), (2, NULL);",
                    "!set incremental true",
                    "SELECT * FROM kept ORDER BY id;",
                    "SELECT amont FROM kept;",
                    "SELCT 1;",
                    "!tables",
                    "!columns kept",
                    "!describe bids",
                    "!primarykeys kept",
                    "!indexes kept",
                    "!metadata getTypeInfo",
                    "SHOW TABLES;",
                    "EXPLAIN SELECT id FROM kept;",
                    "DROP TABLE kept;");
            assertThat(text)
                    .contains("'A','2024-01-01 00:00:00.0','10.00'")
                    .contains("'','2024-01-01 00:00:00.0','20.00'")
                    .contains("2 rows affected")
                    .contains("'1','2024-01-01 12:00:00.0'")
                    .contains("'2','null'")
                    .contains("ERROR 42703: column 'amont' does not exist")
                    .contains("ERROR 42601: ")
                    .contains("'default_catalog','default_database','bids','TABLE'")
                    .contains("'ts','93','TIMESTAMP(3)'")
                    .contains("source-1 default_catalog.default_database.kept")
                    .doesNotContain("\tat ")
                    .doesNotContain("java.lang")
                    .doesNotContain("NullPointer");
        }
    }

    @ParameterizedTest
    @EnumSource(Door.Place.class)
    void hikariLendsConnectionsToManyThreads(Door.Place place) throws IOException, SQLException, InterruptedException {
        try (Door door = Door.open(place)) {
            run(door, bids());
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(door.url());
            config.setMaximumPoolSize(3);
            config.setConnectionTestQuery("SELECT 1");
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            try (HikariDataSource pool = new HikariDataSource(config)) {
                run(door, "CREATE TABLE IF NOT EXISTS seen (n INT)");
                CountDownLatch done = new CountDownLatch(6);
                for (int i = 0; i < 6; i++) {
                    int number = i;
                    Thread thread = new Thread(() -> {
                        try {
                            borrow(pool, number);
                        } catch (SQLException | AssertionError e) {
                            failure.set(e);
                        } finally {
                            done.countDown();
                        }
                    });
                    thread.start();
                }
                assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(failure.get()).isNull();
            try (Statement statement = door.keeper().createStatement();
                    ResultSet rows = statement.executeQuery("SELECT COUNT(*) AS n, SUM(n) AS s FROM seen")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong("n")).isEqualTo(6);
                assertThat(rows.getInt("s")).isEqualTo(15);
            }
        }
    }

    private static void borrow(HikariDataSource pool, int number) throws SQLException {
        for (int i = 0; i < 3; i++) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(WINDOWS)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBigDecimal("total").signum()).isEqualTo(1);
            }
        }
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO seen VALUES (?)")) {
            insert.setInt(1, number);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void avaticasOwnDriverQueries() throws IOException, SQLException {
        try (Door door = Door.open(Door.Place.SERVER);
                Connection connection = DriverManager.getConnection(
                        "jdbc:avatica:remote:url=http://127.0.0.1:" + door.port() + ";serialization=protobuf");
                Statement statement = connection.createStatement()) {
            statement.execute(bids());
            try (ResultSet rows = statement.executeQuery(WINDOWS + " HAVING item = 'A' ORDER BY window_start")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("item")).isEqualTo("A");
                assertThat(rows.getBigDecimal(3)).isEqualByComparingTo("10");
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(2)).startsWith("2024-01-01 00:00:10");
                assertThat(rows.next()).isFalse();
            }
            statement.execute("CREATE TABLE kept (id BIGINT, name STRING, PRIMARY KEY (id) NOT ENFORCED)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO kept VALUES (?, ?)")) {
                insert.setLong(1, 7);
                insert.setString(2, "seven");
                insert.addBatch();
                insert.setLong(1, 8);
                insert.setString(2, null);
                insert.addBatch();
                assertThat(insert.executeBatch()).containsExactly(1, 1);
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT name FROM kept WHERE id = ?")) {
                select.setLong(1, 7);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo("seven");
                    assertThat(rows.next()).isFalse();
                }
            }
            SQLException error =
                    catchThrowableOfType(SQLException.class, () -> statement.executeQuery("SELECT idd FROM kept"));
            assertThat(error.getSQLState()).isEqualTo("42703");
            assertThat(error.getMessage()).contains("did you mean 'id'?").doesNotContain("\tat ");
        }
    }

    /** Rows of a query without end come one by one, and it can be cancelled from another thread. */
    @ParameterizedTest
    @EnumSource(Door.Place.class)
    void endlessQueriesDeliverAndCancel(Door.Place place) throws IOException, SQLException {
        try (Door door = Door.open(place);
                Connection connection = DriverManager.getConnection(door.url());
                Statement statement = connection.createStatement()) {
            run(door, "CREATE STREAM s (id INT)");
            try (ResultSet rows = statement.executeQuery("SELECT id, id * 2 AS twice FROM s EMIT CHANGES")) {
                for (int i = 1; i <= 3; i++) {
                    run(door, "INSERT INTO s VALUES (" + i + ")");
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt("twice")).isEqualTo(2 * i);
                }
                statement.cancel();
                SQLException error = catchThrowableOfType(SQLException.class, rows::next);
                assertThat(error.getSQLState()).isEqualTo("57014");
            }
            try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) AS n FROM s")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        }
    }
}
