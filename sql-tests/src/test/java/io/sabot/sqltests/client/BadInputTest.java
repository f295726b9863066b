package io.sabot.sqltests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong is said on one screen, with its place, its cause, a hint and an SQLState; the session goes on. */
@Timeout(60)
class BadInputTest {
    private static final int LINES_MAX = 12;

    /**
     * A statement that fails.
     *
     * @param setup what is run before it
     * @param says what its message contains
     */
    private record Case(String name, List<String> setup, String sql, String state, List<String> says) {}

    @TempDir
    Path folder;

    private List<Case> cases() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.json"), "{\"id\": 1}\n{\"id\": oops}\n{\"id\": 3}\n");
        Path noTime = Files.writeString(
                folder.resolve("time.json"), "{\"ts\": \"2024-01-01 00:00:00\", \"v\": 1}\n{\"ts\": null, \"v\": 2}\n");
        return List.of(
                new Case("syntax error", List.of(), "SELECT 1 +", "42601", List.of("line 1, column 11")),
                new Case("misspelt word", List.of(), "SELCT 1", "42601", List.of("^^^^^", "did you mean SELECT?")),
                new Case(
                        "unknown column",
                        List.of("CREATE TABLE t (id INT, amount INT)"),
                        "SELECT id,\n  amuont\nFROM t",
                        "42703",
                        List.of("line 2, column 3", "^^^^^^", "did you mean 'amount'?")),
                new Case(
                        "unknown table",
                        List.of(),
                        "SELECT * FROM tt",
                        "42P01",
                        List.of("line 1, column 15", "did you mean 't'?")),
                new Case(
                        "unknown option",
                        List.of(),
                        "CREATE TABLE o (id INT) WITH ('connector' = 'filesystem', 'pth' = '/x', 'format' = 'json')",
                        "42616",
                        List.of("'pth'", "^^^^^", "did you mean 'path'?")),
                new Case(
                        "missing file",
                        List.of(files("missing", "id INT", folder.resolve("none.json"))),
                        "SELECT * FROM missing",
                        "58P01",
                        List.of("none.json", "does not exist", "line 1, column 15")),
                new Case(
                        "unreachable broker",
                        List.of("""
                            CREATE TABLE k (id INT) WITH ('connector' = 'kafka', 'topic' = 'x', 'format' = 'json',
                            'properties.bootstrap.servers' = '127.0.0.1:1', 'properties.request.timeout.ms' = '1000',
                            'properties.default.api.timeout.ms' = '1500')"""),
                        "SELECT * FROM k",
                        "08001",
                        List.of("127.0.0.1:1", "line 1, column 15")),
                new Case(
                        "malformed line",
                        List.of(files("bad", "id INT", bad)),
                        "SELECT * FROM bad",
                        "22P04",
                        List.of("bad.json", "ignore-parse-errors", "line 1, column 15")),
                new Case(
                        "NULL event time",
                        List.of(files("timed", "ts TIMESTAMP(3), v INT, WATERMARK FOR ts AS ts", noTime)),
                        "SELECT window_start, SUM(v) FROM TUMBLE(TABLE timed, DESCRIPTOR(ts), INTERVAL '1' DAY) GROUP BY window_start, window_end",
                        "22004",
                        List.of("NULL", "time.json")),
                new Case(
                        "wrong type on INSERT",
                        List.of("CREATE TABLE typed (id INT, at_time TIMESTAMP(3))"),
                        "INSERT INTO typed VALUES (1, 'yesterday')",
                        "42804",
                        List.of("'at_time'", "line 1, column 30")),
                new Case("division by zero", List.of(), "SELECT 1 / 0", "22012", List.of("division by zero")),
                new Case(
                        "cast of a text that is no number",
                        List.of("CREATE TABLE texts (s STRING)", "INSERT INTO texts VALUES ('12'), ('twelve')"),
                        "SELECT CAST(s AS INT) AS n FROM texts",
                        "22018",
                        List.of("'twelve'", "TRY_CAST")));
    }

    private static String files(String name, String columns, Path path) {
        return "CREATE TABLE " + name + " (" + columns + ") WITH ('connector' = 'filesystem', 'path' = '" + path
                + "', 'format' = 'json')";
    }

    @ParameterizedTest
    @EnumSource(Door.Place.class)
    void isSaidOnOneScreen(Door.Place place) throws IOException, SQLException {
        try (Door door = Door.open(place);
                Connection connection = DriverManager.getConnection(door.url());
                Statement statement = connection.createStatement()) {
            for (Case bad : cases()) {
                for (String sql : bad.setup()) {
                    statement.execute(sql);
                }
                check(bad, failure(statement, bad.sql()));
                try (ResultSet rows = statement.executeQuery("SELECT 1 AS one_row")) {
                    assertThat(rows.next()).isTrue();
                }
            }
        }
    }

    private static SQLException failure(Statement statement, String sql) {
        try {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        assertThat(rows.getRow()).isPositive();
                    }
                }
            }
        } catch (SQLException e) {
            return e;
        }
        return fail(sql + " did not fail");
    }

    private static void check(Case bad, SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        assertThat(failure.getSQLState()).as("%s: %s", bad.name(), message).isEqualTo(bad.state());
        assertThat(message)
                .as(bad.name())
                .startsWith("ERROR " + bad.state() + ": ")
                .contains(bad.says())
                .doesNotContain("Exception", "\tat ", "java.", "io.sabot");
        assertThat(message.lines().count()).as(message).isLessThanOrEqualTo(LINES_MAX);
    }
}
