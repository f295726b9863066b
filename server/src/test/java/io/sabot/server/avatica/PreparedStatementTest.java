package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.server.session.PreparedStatementInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparedStatementTest {
    private static final String INSERT = "INSERT INTO t VALUES (?)";
    private static final Schema NUMBERS = Schema.of(new Field("n", AtomicType.BIGINT));

    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** The value that arrives at the session. */
    private static @Nullable Object sent(Way way, DataType type, Setter setter) throws IOException, SQLException {
        List<@Nullable Object> seen = new ArrayList<>();
        try (Engines engines = new Engines(way)) {
            engines.engine.prepared.put(INSERT, new PreparedStatementInfo(Optional.empty(), List.of(type)));
            engines.engine.answer(INSERT, (session, parameters) -> {
                seen.addAll(parameters);
                return FakeEngine.count(parameters.size());
            });
            try (Connection connection = engines.connect("timeZone=Asia/Tokyo");
                    PreparedStatement statement = connection.prepareStatement(INSERT)) {
                assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(1);
                setter.set(statement);
                assertThat(statement.executeUpdate()).isEqualTo(1);
            }
        }
        assertThat(seen).hasSize(1);
        return seen.get(0);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void valuesArriveAsTheParametersType(Way way) throws IOException, SQLException {
        assertThat(sent(way, AtomicType.INT, s -> s.setInt(1, 5))).isEqualTo(5);
        assertThat(sent(way, AtomicType.BIGINT, s -> s.setInt(1, 5))).isEqualTo(5L);
        assertThat(sent(way, AtomicType.BIGINT, s -> s.setObject(1, 5))).isEqualTo(5L);
        assertThat(sent(way, AtomicType.TINYINT, s -> s.setLong(1, 5))).isEqualTo((byte) 5);
        assertThat(sent(way, AtomicType.DOUBLE, s -> s.setFloat(1, 0.5f))).isEqualTo(0.5);
        assertThat(sent(way, AtomicType.decimal(30, 5), s -> s.setBigDecimal(1, new BigDecimal("1234567890123.00001"))))
                .isEqualTo(new BigDecimal("1234567890123.00001"));
        assertThat(sent(way, AtomicType.BOOLEAN, s -> s.setBoolean(1, true))).isEqualTo(true);
        assertThat(sent(way, AtomicType.STRING, s -> s.setString(1, "ä"))).isEqualTo("ä");
        assertThat(sent(way, AtomicType.STRING, s -> s.setNull(1, Types.VARCHAR)))
                .isNull();
        assertThat(sent(way, AtomicType.STRING, s -> s.setObject(1, null))).isNull();
        assertThat((byte[]) sent(way, AtomicType.BYTES, s -> s.setBytes(1, new byte[] {0, -1})))
                .isEqualTo(new byte[] {0, -1});
        assertThat(sent(
                        way,
                        new ArrayType(AtomicType.INT, true),
                        s -> s.setArray(1, s.getConnection().createArrayOf("INTEGER", new Object[] {1, 2}))))
                .isEqualTo(Arrays.asList(1, 2));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void timesArriveWhole(Way way) throws IOException, SQLException {
        LocalDateTime nanos = LocalDateTime.of(2026, 1, 31, 1, 2, 3, 123_456_789);
        assertThat(sent(way, AtomicType.timestamp(9), s -> s.setObject(1, nanos)))
                .isEqualTo(nanos);
        assertThat(sent(way, AtomicType.timestamp(9), s -> s.setObject(1, nanos, Types.TIMESTAMP)))
                .isEqualTo(nanos);
        Instant instant = Instant.parse("2026-01-31T00:00:00.000001Z");
        assertThat(sent(way, AtomicType.timestamp(6), s -> s.setTimestamp(1, Timestamp.from(instant))))
                .isEqualTo(LocalDateTime.parse("2026-01-31T09:00:00.000001"));
        assertThat(sent(way, AtomicType.timestampLtz(6), s -> s.setTimestamp(1, Timestamp.from(instant))))
                .isEqualTo(instant);
        assertThat(sent(way, AtomicType.timestampLtz(6), s -> s.setObject(1, instant)))
                .isEqualTo(instant);
        assertThat(sent(
                        way,
                        AtomicType.timestampLtz(3),
                        s -> s.setObject(1, OffsetDateTime.parse("2026-01-31T01:00:00-08:00"))))
                .isEqualTo(Instant.parse("2026-01-31T09:00:00Z"));
        assertThat(sent(way, AtomicType.DATE, s -> s.setObject(1, LocalDate.of(2026, 1, 31))))
                .isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(sent(
                        way,
                        AtomicType.DATE,
                        s -> s.setDate(
                                1,
                                Date.valueOf("2026-01-31"),
                                java.util.Calendar.getInstance(java.util.TimeZone.getDefault()))))
                .isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(sent(
                        way,
                        io.sabot.catalog.type.AtomicType.of(io.sabot.catalog.type.TypeKind.TIME, 0),
                        s -> s.setObject(1, LocalTime.of(1, 2))))
                .isEqualTo(LocalTime.of(1, 2));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void wrongValuesAreRefused(Way way) throws IOException {
        SQLException tooLarge =
                catchThrowableOfType(SQLException.class, () -> sent(way, AtomicType.TINYINT, s -> s.setInt(1, 1000)));
        assertThat(tooLarge.getSQLState()).isEqualTo("22003");
        SQLException noDate =
                catchThrowableOfType(SQLException.class, () -> sent(way, AtomicType.DATE, s -> s.setString(1, "soon")));
        assertThat(noDate.getSQLState()).isEqualTo("22007");
        assertThat(noDate.getMessage()).isEqualTo("ERROR 22007: the value of parameter 1 is no DATE");
        SQLException missing = catchThrowableOfType(SQLException.class, () -> sent(way, AtomicType.DATE, s -> {}));
        assertThat(missing.getSQLState()).isEqualTo("22023");
        SQLException noSuch =
                catchThrowableOfType(SQLException.class, () -> sent(way, AtomicType.DATE, s -> s.setString(2, "x")));
        assertThat((Throwable) noSuch).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void queriesRunAgainAndAgain(Way way) throws IOException, SQLException {
        String sql = "SELECT n FROM t WHERE n > ?";
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect()) {
            engines.engine.prepared.put(
                    sql, new PreparedStatementInfo(Optional.of(NUMBERS), List.of(AtomicType.BIGINT)));
            engines.engine.answer(sql, (session, parameters) -> {
                FakeCursor cursor = engines.engine.cursor(NUMBERS);
                for (int i = 1; i <= 3; i++) {
                    cursor.put(engines.engine.batch(NUMBERS, new Object[] {(Long) parameters.get(0) + i}));
                }
                return FakeEngine.of(cursor.end());
            });
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                assertThat(statement.getMetaData().getColumnName(1)).isEqualTo("n");
                for (long from = 0; from < 3; from++) {
                    statement.setLong(1, from);
                    statement.setMaxRows(2);
                    try (ResultSet rows = statement.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong(1)).isEqualTo(from + 1);
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.next()).isFalse();
                    }
                    assertThat(engines.engine.openCursors()).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void batches(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect()) {
            engines.engine.prepared.put(
                    INSERT, new PreparedStatementInfo(Optional.empty(), List.of(AtomicType.BIGINT)));
            engines.engine.answer(INSERT, (session, parameters) -> FakeEngine.count((Long) parameters.get(0)));
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (long i = 1; i <= 3; i++) {
                    statement.setLong(1, i);
                    statement.addBatch();
                }
                assertThat(statement.executeBatch()).containsExactly(1, 2, 3);
            }
            engines.engine.answer("INSERT 1", (session, parameters) -> FakeEngine.count(1));
            try (Statement statement = connection.createStatement()) {
                statement.addBatch("INSERT 1");
                statement.addBatch("INSERT 1");
                assertThat(statement.executeBatch()).containsExactly(1, 1);
                statement.addBatch("INSERT 1");
                statement.addBatch("INSRT");
                BatchUpdateException failure =
                        catchThrowableOfType(BatchUpdateException.class, statement::executeBatch);
                assertThat(failure.getUpdateCounts()).containsExactly(1);
                assertThat(failure.getSQLState()).isEqualTo("42601");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void errorsOfPreparingAreTheEngines(Way way) throws IOException, SQLException {
        try (Engines engines = new Engines(way);
                Connection connection = engines.connect()) {
            SQLException error = catchThrowableOfType(SQLException.class, () -> connection.prepareStatement("SELCT ?"));
            assertThat(error.getSQLState()).isEqualTo("42601");
            assertThat(error.getMessage()).isEqualTo("""
                            ERROR 42601: nothing is known of this statement
                              line 1, column 1:  SELCT ?
                                                 ^^^""");
        }
    }
}
