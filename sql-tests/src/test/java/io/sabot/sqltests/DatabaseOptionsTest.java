package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a database is still there when a durable engine opens again. */
class DatabaseOptionsTest {
    @TempDir
    Path directory;

    @Test
    void commentAndOptionsAreKept() throws SQLException {
        String url = "jdbc:sabot:" + directory.resolve("data");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE CATALOG c COMMENT 'a ''comment'''");
            statement.execute("CREATE DATABASE c.d COMMENT 'it''s' WITH ('k;' = 'v', 'a' = 'b')");
            statement.execute("ALTER DATABASE c.d SET ('a' = 'c')");
            statement.execute("ALTER DATABASE default_database SET ('x' = 'y')");
            statement.execute("CREATE TABLE c.d.t (a INT)");
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            assertThat(described(statement, "c.d"))
                    .isEqualTo(Map.of("name", "d", "comment", "it's", "option:k;", "v", "option:a", "c"));
            assertThat(described(statement, "default_database")).containsEntry("option:x", "y");
            try (ResultSet result = statement.executeQuery("SHOW CREATE CATALOG c")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).contains("COMMENT 'a ''comment'");
            }
            statement.execute("DROP DATABASE c.d CASCADE");
            statement.execute("CREATE DATABASE c.d");
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            assertThat(described(statement, "c.d")).isEqualTo(Map.of("name", "d", "comment", ""));
        }
    }

    private static Map<String, String> described(Statement statement, String database) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (ResultSet result = statement.executeQuery("DESCRIBE DATABASE EXTENDED " + database)) {
            while (result.next()) {
                rows.put(result.getString(1), result.getString(2));
            }
        }
        return rows;
    }
}
