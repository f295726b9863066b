package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.server.RunningServer;
import io.sabot.server.session.EngineProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of rows and materialized views over JDBC, in this process and from another: counts, metadata, reopening. */
class ViewsOverJdbcTest {
    @TempDir
    Path folder;

    @Test
    void inThisProcess() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:views-over-jdbc")) {
            check(connection);
        }
    }

    @Test
    void fromAnotherProcess() throws Exception {
        try (RunningServer server = RunningServer.start(
                        ServiceLoader.load(EngineProvider.class)
                                .findFirst()
                                .orElseThrow()
                                .open(Optional.empty()),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Connection connection = DriverManager.getConnection("jdbc:sabot://127.0.0.1:" + server.port())) {
            check(connection);
        }
    }

    private static void check(Connection connection) throws SQLException {
        create(connection);
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE t SET v = v + 1 WHERE k = 'a'"))
                    .isEqualTo(2);
            assertThat(statement.executeUpdate("DELETE FROM t WHERE id = 3")).isEqualTo(1);
            assertThat(statement.executeUpdate("DELETE FROM t WHERE id = 99")).isZero();
        }
        try (PreparedStatement change = connection.prepareStatement("UPDATE t SET v = ? WHERE id = ?")) {
            change.setInt(1, 100);
            change.setInt(2, 1);
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
        assertThat(Rows.sorted(connection, "SELECT * FROM sums")).containsExactly("a|103");
        assertThat(tableTypes(connection)).contains("sums MATERIALIZED VIEW", "t TABLE");
    }

    private static void create(Connection connection) throws SQLException {
        Rows.run(connection, "CREATE TABLE t (id INT, k STRING, v INT, PRIMARY KEY (id) NOT ENFORCED)");
        Rows.run(connection, "INSERT INTO t VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 3)");
        Rows.run(connection, "CREATE MATERIALIZED VIEW sums AS SELECT k, SUM(v) AS s FROM t GROUP BY k");
    }

    private static List<String> tableTypes(Connection connection) throws SQLException {
        List<String> types = new ArrayList<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "%", null)) {
            while (tables.next()) {
                types.add(tables.getString("TABLE_NAME") + " " + tables.getString("TABLE_TYPE"));
            }
        }
        return types;
    }

    @Test
    void aViewGoesOnWhereItsDataDirectoryIsOpenedAgain() throws SQLException {
        String url = "jdbc:sabot:" + folder.resolve("data");
        try (Connection connection = DriverManager.getConnection(url)) {
            create(connection);
            Rows.run(connection, "CREATE MATERIALIZED VIEW counts AS SELECT COUNT(*) AS n FROM sums");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Rows.sorted(connection, "SELECT * FROM sums")).containsExactly("a|3", "b|3");
            Rows.run(connection, "INSERT INTO t VALUES (4, 'c', 4), (1, 'a', 5)");
            assertThat(Rows.sorted(connection, "SELECT * FROM sums")).containsExactly("a|7", "b|3", "c|4");
            assertThat(Rows.sorted(connection, "SELECT * FROM counts")).containsExactly("3");
            Rows.run(connection, "DROP MATERIALIZED VIEW sums CASCADE");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Rows.sorted(connection, "SHOW TABLES")).containsExactly("t");
            assertThat(Rows.sorted(connection, "SHOW JOBS")).isEmpty();
            Rows.run(connection, "ALTER TABLE t ADD note STRING");
        }
        try (Connection connection = DriverManager.getConnection(url)) {
            assertThat(Rows.sorted(connection, "SELECT * FROM t WHERE id = 1")).containsExactly("1|a|5|NULL");
        }
    }
}
