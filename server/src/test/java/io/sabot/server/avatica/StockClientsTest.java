package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sqlline.SqlLine;

/** Programs that others wrote: sqlline, HikariCP, Avatica's own driver. */
@Timeout(60)
class StockClientsTest {
    private static final Schema ORDERS = Schema.of(
            new Field("id", AtomicType.BIGINT),
            new Field("name", AtomicType.STRING),
            new Field("at", AtomicType.timestamp(3)));

    private static Engines engines(Way way) throws IOException {
        Engines engines = new Engines(way);
        LocalDateTime noon = LocalDateTime.of(2026, 1, 31, 12, 0);
        engines.engine.rows(
                "SELECT * FROM orders", ORDERS, new Object[] {1, "one", noon}, new Object[] {2, null, noon});
        engines.engine.answer("INSERT INTO orders VALUES (3)", (session, parameters) -> FakeEngine.count(1));
        return engines;
    }

    private static String sqlline(Engines engines, String... commands) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SqlLine sqlLine = new SqlLine();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        sqlLine.setOutputStream(out);
        sqlLine.setErrorStream(out);
        String[] arguments = new String[10 + 2 * commands.length];
        String[] fixed = {
            "-u",
            engines.url(),
            "-n",
            "",
            "-p",
            "",
            "-d",
            "io.sabot.jdbc.SabotDriver",
            "--outputformat=csv",
            "--color=false"
        };
        System.arraycopy(fixed, 0, arguments, 0, fixed.length);
        for (int i = 0; i < commands.length; i++) {
            arguments[10 + 2 * i] = "-e";
            arguments[11 + 2 * i] = commands[i];
        }
        sqlLine.begin(arguments, null, false);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void sqllineConnectsAndQueries(Way way) throws IOException {
        try (Engines engines = engines(way)) {
            String text = sqlline(
                    engines,
                    "SELECT * FROM orders;",
                    "INSERT INTO orders VALUES (3);",
                    "SELCT 1;",
                    "!tables",
                    "!columns orders",
                    "!set incremental true",
                    "SELECT * FROM orders;");
            assertThat(text)
                    .contains("'1','one','2026-01-31 12:00:00.0'")
                    .contains("'2','','2026-01-31 12:00:00.0'")
                    .contains("1 row affected")
                    .contains("ERROR 42601: nothing is known of this statement")
                    .contains("'default_catalog','default_database','clicks','TABLE'")
                    .contains("double_price")
                    .doesNotContain("\tat ")
                    .doesNotContain("java.lang");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void hikariLendsConnections(Way way) throws IOException, SQLException {
        try (Engines engines = engines(way)) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(engines.url());
            config.setMaximumPoolSize(2);
            config.setAutoCommit(false);
            config.setReadOnly(true);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                for (int i = 0; i < 10; i++) {
                    try (Connection connection = pool.getConnection();
                            Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery("SELECT * FROM orders")) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong("id")).isEqualTo(1);
                        assertThat(connection.isValid(1)).isTrue();
                    }
                }
                assertThat(engines.engine.openCursors()).isZero();
            }
        }
    }

    private static Connection stock(Engines engines) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://127.0.0.1:" + engines.port() + ";serialization=protobuf");
    }

    @Test
    void avaticasOwnDriverQueries() throws IOException, SQLException {
        try (Engines engines = engines(Way.REMOTE);
                Connection connection = stock(engines);
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT * FROM orders")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(1);
                assertThat(rows.getString(2)).isEqualTo("one");
                assertThat(rows.getString(3)).startsWith("2026-01-31 12:00:00");
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isFalse();
            }
            assertThat(statement.executeUpdate("INSERT INTO orders VALUES (3)")).isEqualTo(1);
            engines.engine.prepared.put(
                    "INSERT ?",
                    new io.sabot.server.session.PreparedStatementInfo(
                            java.util.Optional.empty(), java.util.List.of(AtomicType.BIGINT)));
            engines.engine.answer("INSERT ?", (session, parameters) -> FakeEngine.count((Long) parameters.get(0)));
            try (PreparedStatement prepared = connection.prepareStatement("INSERT ?")) {
                prepared.setLong(1, 4);
                assertThat(prepared.executeUpdate()).isEqualTo(4);
                prepared.addBatch();
                assertThat(prepared.executeBatch()).containsExactly(4);
            }
            try (ResultSet tables = connection.getMetaData().getTables(null, null, null, null)) {
                assertThat(tables.next()).isTrue();
                assertThat(tables.getString("TABLE_NAME")).isEqualTo("clicks");
            }
            SQLException error = catchThrowableOfType(SQLException.class, () -> statement.executeQuery("SELCT 1"));
            assertThat(error.getSQLState()).isEqualTo("42601");
            assertThat(error.getMessage()).contains("ERROR 42601").doesNotContain("\tat ");
        }
    }

    /** {@code KILL QUERY} is plain SQL, so that any client can end a query. */
    @Test
    void oneClientEndsTheQueryOfAnother() throws IOException, SQLException {
        try (Engines engines = engines(Way.REMOTE);
                Connection connection = stock(engines);
                Statement killer = connection.createStatement()) {
            FakeCursor cursor = engines.engine.cursor(ORDERS);
            engines.engine.answer("SELECT stream", (session, parameters) -> FakeEngine.of(cursor));
            try (Connection own = engines.connect();
                    Statement statement = own.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT stream")) {
                var avatica = statement.unwrap(org.apache.calcite.avatica.AvaticaStatement.class);
                killer.execute("kill query '" + avatica.connection.id + "/" + avatica.getId() + "';");
                SQLException error = catchThrowableOfType(SQLException.class, rows::next);
                assertThat(error.getSQLState()).isEqualTo("57014");
            }
        }
    }
}
