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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes wait for others of the same rows as long as the session allows. */
class MiniBatchTest {
    private static final int ROWS = 300;

    @TempDir
    Path directory;

    @Test
    void changesThatWaitFallTogether() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:mini-batch");
                Statement statement = connection.createStatement()) {
            statement.execute("SET 'sabot.batch-rows' = '1'");
            statement.execute("SET 'table.exec.mini-batch.enabled' = 'true'");
            statement.execute("SET 'table.exec.mini-batch.allow-latency' = '1 h'");
            statement.execute("SET 'table.exec.mini-batch.size' = '5000'");
            createTable(statement);
            assertThat(rows(statement, "SELECT k, COUNT(*) AS n FROM t GROUP BY k EMIT CHANGES"))
                    .containsExactlyInAnyOrder("+I 0 100", "+I 1 100", "+I 2 100");
        }
    }

    /** The state that is shown is that of the end, however often one was shown before. */
    @Test
    void withoutThemTheLastStateIsTheSame() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:mini-batch-off");
                Statement statement = connection.createStatement()) {
            statement.execute("SET 'sabot.batch-rows' = '1'");
            statement.execute("SET 'table.exec.mini-batch.allow-latency' = '1 h'");
            createTable(statement);
            List<String> present = new ArrayList<>();
            for (String change : rows(statement, "SELECT k, COUNT(*) AS n FROM t GROUP BY k EMIT CHANGES")) {
                String row = change.substring(3);
                if (change.startsWith("+")) {
                    present.add(row);
                } else {
                    assertThat(present.remove(row)).isTrue();
                }
            }
            assertThat(present).containsExactlyInAnyOrder("0 100", "1 100", "2 100");
        }
    }

    private void createTable(Statement statement) throws IOException, SQLException {
        StringBuilder json = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            json.append("{\"k\": ").append(row % 3).append("}\n");
        }
        Path file = Files.writeString(directory.resolve("t.json"), json);
        statement.execute(
                "CREATE TABLE t (k INT) WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '" + file + "')");
    }

    private static List<String> rows(Statement statement, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1) + " " + result.getInt(2) + " " + result.getLong(3));
            }
        }
        return rows;
    }
}
