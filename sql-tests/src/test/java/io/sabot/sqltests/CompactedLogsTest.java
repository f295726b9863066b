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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table whose rows are updated many times keeps its rows, not their history; views on it go on across restarts. */
class CompactedLogsTest {
    private static final int ROUNDS = 8;
    private static final int ROWS = 10_000;

    @TempDir
    Path directory;

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String row(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1) + " " + rows.getString(2);
        }
    }

    private long bytes(String name) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            Path log = files.filter(file -> file.endsWith(name + ".log"))
                    .findFirst()
                    .orElseThrow();
            return Files.size(log);
        }
    }

    private static void update(Connection connection, int round) throws SQLException {
        run(
                connection,
                "INSERT INTO t SELECT MOD(x, 100), x + " + round + ", 'a text of some length that takes room' FROM g");
    }

    @Test
    void updatesDoNotMakeTheLogGrow() throws Exception {
        String url = "jdbc:sabot:" + directory;
        try (Connection connection = DriverManager.getConnection(url)) {
            run(
                    connection,
                    "CREATE TABLE g (x INT) WITH ('connector' = 'datagen', 'number-of-rows' = '" + ROWS
                            + "', 'fields.x.kind' = 'sequence', 'fields.x.start' = '1', 'fields.x.end' = '" + ROWS
                            + "')",
                    "CREATE TABLE t (k INT, v INT, s STRING, PRIMARY KEY (k) NOT ENFORCED)",
                    "CREATE MATERIALIZED VIEW m AS SELECT MOD(k, 10) AS d, SUM(v) AS total FROM t GROUP BY MOD(k, 10)");
            update(connection, 0);
            long one = bytes("t");
            for (int round = 1; round < ROUNDS; round++) {
                update(connection, round);
                assertThat(row(connection, "SELECT COUNT(*), SUM(v) FROM t")).isEqualTo(expected(round));
                assertThat(row(connection, "SELECT COUNT(*), SUM(total) FROM m"))
                        .isEqualTo("10" + expected(round).substring(3));
            }
            assertThat(bytes("t"))
                    .as("bytes of the log, %d behind one round", one)
                    .isLessThan(4 * one);
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(row(connection, "SELECT COUNT(*), SUM(v) FROM t")).isEqualTo(expected(ROUNDS - 1));
            update(connection, ROUNDS);
            assertThat(row(connection, "SELECT COUNT(*), SUM(total) FROM m"))
                    .isEqualTo("10" + expected(ROUNDS).substring(3));
            assertThat(row(connection, "SELECT k, v FROM t WHERE k = 7")).isEqualTo("7 " + (ROWS - 93 + ROUNDS));
        }
    }

    /** The last row of each key counts. */
    private static String expected(int round) {
        long sum = 0;
        for (int x = ROWS - 99; x <= ROWS; x++) {
            sum += x + round;
        }
        return "100 " + sum;
    }
}
