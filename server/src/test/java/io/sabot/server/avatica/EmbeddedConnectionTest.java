package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedConnectionTest {
    private static final Schema NUMBERS = Schema.of(new Field("n", AtomicType.INT));

    private final Engines engines = engines();

    private static Engines engines() {
        try {
            return new Engines(Way.EMBEDDED);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        engines.close();
    }

    @Test
    void selectsRows() throws SQLException {
        engines.engine.rows("SELECT n", NUMBERS, new Object[] {1}, new Object[] {null}, new Object[] {3});
        try (Connection connection = engines.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT n")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("n")).isEqualTo(1);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1, Integer.class)).isEqualTo(3);
            assertThat(rows.next()).isFalse();
            assertThat(rows.next()).isFalse();
        }
        assertThat(engines.engine.openCursors()).isZero();
    }

    @Test
    void theEngineClosesWithItsLastConnection() throws SQLException {
        try (Connection first = engines.connect()) {
            try (Connection second = engines.connect()) {
                assertThat(engines.engine.sessions).hasSize(2);
                assertThat(second.isValid(1)).isTrue();
            }
            assertThat(engines.engine.closed).isFalse();
            assertThat(engines.engine.openSessions.get()).isEqualTo(1);
            assertThat(first.isValid(1)).isTrue();
        }
        assertThat(engines.engine.closed).isTrue();
        assertThat(engines.engine.openSessions.get()).isZero();
    }

    @Test
    void errorsAreDrawnAsTheEngineDrawsThem() throws SQLException {
        try (Connection connection = engines.connect();
                Statement statement = connection.createStatement()) {
            SQLException error = catchThrowableOfType(SQLException.class, () -> statement.execute("SELCT 1"));
            assertThat(error.getSQLState()).isEqualTo("42601");
            assertThat(error.getMessage()).isEqualTo("""
                            ERROR 42601: nothing is known of this statement
                              line 1, column 1:  SELCT 1
                                                 ^^^
                              Hint: teach the fake""");
        }
    }

    @Test
    void saysWhatUrlsAreUnderstood() {
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:sabot:what"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
                .hasMessageContaining("mem:NAME");
    }
}
