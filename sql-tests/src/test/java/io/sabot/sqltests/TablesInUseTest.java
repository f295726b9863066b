package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an INSERT job reads or writes cannot be dropped or altered while the job is there. */
class TablesInUseTest {
    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String job(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet jobs = statement.executeQuery("SHOW JOBS")) {
            assertThat(jobs.next()).isTrue();
            return jobs.getString(1);
        }
    }

    private static void assertInUse(Connection connection, String sql) {
        assertThatThrownBy(() -> run(connection, sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("55006"));
    }

    @Test
    void aJobHoldsOnToWhatItReadsAndWrites() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:tables-in-use")) {
            run(
                    connection,
                    "CREATE TABLE s (a INT, PRIMARY KEY (a) NOT ENFORCED)",
                    "CREATE VIEW v AS SELECT a FROM s",
                    "CREATE TABLE t (a INT, PRIMARY KEY (a) NOT ENFORCED)",
                    "CREATE TABLE other (a INT)",
                    "SET 'pipeline.name' = 'copy'",
                    "INSERT INTO t SELECT a FROM v EMIT CHANGES");
            String job = job(connection);
            for (String sql : List.of("DROP TABLE s", "DROP TABLE t", "DROP VIEW v", "ALTER TABLE t ADD (b INT)")) {
                assertInUse(connection, sql);
            }
            run(connection, "DROP TABLE other");
            run(connection, "CANCEL JOB `" + job + "`", "DROP TABLE t", "DROP VIEW v", "DROP TABLE s");
        }
    }

    /** A stream begins anew, so that jobs would write to what is gone; the rows of a table leave one by one. */
    @Test
    void onlyTablesAreTruncatedUnderJobs() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:truncated-in-use")) {
            run(
                    connection,
                    "CREATE STREAM from_where (a INT)",
                    "CREATE STREAM s (a INT)",
                    "CREATE TABLE t (a INT)",
                    "INSERT INTO s SELECT a FROM from_where EMIT CHANGES",
                    "INSERT INTO t SELECT a FROM from_where EMIT CHANGES");
            assertInUse(connection, "TRUNCATE TABLE s");
            assertInUse(connection, "TRUNCATE TABLE from_where");
            run(connection, "TRUNCATE TABLE t", "CREATE STREAM kept (a INT)");
            run(connection, "CREATE MATERIALIZED VIEW m AS SELECT a FROM kept");
            assertThatThrownBy(() -> run(connection, "TRUNCATE TABLE kept")).hasMessageContaining("m");
            run(connection, "DROP MATERIALIZED VIEW m", "TRUNCATE TABLE kept");
        }
    }
}
