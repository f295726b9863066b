package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** EXPLAIN ANALYZE runs the statement and tells rows, time and state of each operator. */
class ExplainAnalyzeTest {
    @Test
    void tellsWhatEachOperatorDid() throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sabot:mem:explain-analyze?parallelism.default=1")) {
            Rows.run(connection, "CREATE TABLE t (k INT, v INT)");
            Rows.run(connection, "INSERT INTO t VALUES (1, 1), (1, 2), (2, 3)");
            assertThat(Rows.of(connection, "EXPLAIN ANALYZE SELECT k, MIN(v) FROM t WHERE v > 0 GROUP BY k"))
                    .anyMatch(line -> line.contains("source-1") && line.contains("rows in 3, out 3"))
                    .anyMatch(line -> line.contains("group-aggregate-1") && line.contains("state 2 entries"))
                    .allMatch(line -> line.contains("exchange") || line.contains(" ms"));
            assertThat(Rows.of(connection, "EXPLAIN ANALYZE INSERT INTO t SELECT k + 10, v FROM t"))
                    .anyMatch(line -> line.contains("sink-1") && line.contains("rows in 3"));
            assertThat(Rows.of(connection, "SELECT COUNT(*) FROM t")).containsExactly("6");
        }
    }
}
