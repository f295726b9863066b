package io.sabot.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each type, in process and remote: the same values, texts and descriptions, and NULL. */
class TypesTest {
    /** What to check of a value and of the column's description. */
    private interface Check {
        void accept(ResultSet rows, ResultSetMetaData metaData) throws SQLException;
    }

    private static void check(Way way, DataType type, Object value, Check check) throws IOException, SQLException {
        check(way, "timeZone=Asia/Tokyo", type, value, check);
    }

    private static void check(Way way, String properties, DataType type, Object value, Check check)
            throws IOException, SQLException {
        Schema schema = Schema.of(new Field("v", type));
        try (Engines engines = new Engines(way)) {
            engines.engine.rows("SELECT v", schema, new @Nullable Object[][] {{value}, {null}});
            try (Connection connection = engines.connect(properties);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT v")) {
                assertThat(rows.next()).isTrue();
                check.accept(rows, rows.getMetaData());
                assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo(type.name());
                assertThat(rows.wasNull()).isFalse();
                assertThat(rows.next()).isTrue();
                assertThat(rows.getObject("v")).isNull();
                assertThat(rows.wasNull()).isTrue();
                assertThat(rows.getString(1)).isNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void numbers(Way way) throws IOException, SQLException {
        check(way, AtomicType.BOOLEAN, true, (rows, meta) -> {
            assertThat(rows.getObject(1)).isEqualTo(true);
            assertThat(rows.getBoolean(1)).isTrue();
            assertThat(rows.getString(1)).isEqualTo("true");
            assertThat(meta.getColumnType(1)).isEqualTo(Types.BOOLEAN);
        });
        check(way, AtomicType.TINYINT, (byte) -7, (rows, meta) -> {
            assertThat(rows.getByte(1)).isEqualTo((byte) -7);
            assertThat(rows.getString(1)).isEqualTo("-7");
            assertThat(meta.getColumnType(1)).isEqualTo(Types.TINYINT);
        });
        check(
                way,
                AtomicType.SMALLINT,
                (short) 300,
                (rows, meta) -> assertThat(rows.getInt(1)).isEqualTo(300));
        check(way, AtomicType.INT, 70_000, (rows, meta) -> {
            assertThat(rows.getObject(1)).isEqualTo(70_000);
            assertThat(rows.getObject(1, Long.class)).isEqualTo(70_000L);
            assertThat(meta.getColumnType(1)).isEqualTo(Types.INTEGER);
        });
        check(way, AtomicType.BIGINT, Long.MIN_VALUE, (rows, meta) -> {
            assertThat(rows.getObject(1)).isEqualTo(Long.MIN_VALUE);
            assertThat(meta.getColumnClassName(1)).isEqualTo("java.lang.Long");
        });
        check(way, AtomicType.of(TypeKind.FLOAT), 0.1f, (rows, meta) -> {
            assertThat(rows.getFloat(1)).isEqualTo(0.1f);
            assertThat(rows.getString(1)).isEqualTo("0.1");
            assertThat(meta.getColumnType(1)).isEqualTo(Types.REAL);
        });
        check(way, AtomicType.DOUBLE, Double.NaN, (rows, meta) -> {
            assertThat(rows.getDouble(1)).isNaN();
            assertThat(rows.getObject(1)).isEqualTo(Double.NaN);
        });
        BigDecimal exact = new BigDecimal("12345678901234567890123456789012345.678");
        check(way, AtomicType.decimal(38, 3), exact, (rows, meta) -> {
            assertThat(rows.getBigDecimal(1)).isEqualTo(exact);
            assertThat(rows.getObject(1)).isEqualTo(exact);
            assertThat(rows.getString(1)).isEqualTo(exact.toString());
            assertThat(meta.getPrecision(1)).isEqualTo(38);
            assertThat(meta.getScale(1)).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void textsAndBytes(Way way) throws IOException, SQLException {
        check(way, AtomicType.STRING, "für 'dich' \uD83D\uDE00", (rows, meta) -> {
            assertThat(rows.getString(1)).isEqualTo("für 'dich' \uD83D\uDE00");
            assertThat(meta.getColumnType(1)).isEqualTo(Types.VARCHAR);
            assertThat(meta.isNullable(1)).isEqualTo(ResultSetMetaData.columnNullable);
            assertThat(meta.getColumnLabel(1)).isEqualTo("v");
        });
        check(
                way,
                AtomicType.of(TypeKind.CHAR, 4),
                "ab  ",
                (rows, meta) -> assertThat(rows.getString(1)).isEqualTo("ab  "));
        byte[] bytes = "\0\1\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        check(way, AtomicType.BYTES, bytes, (rows, meta) -> {
            assertThat(rows.getBytes(1)).isEqualTo(bytes);
            assertThat((byte[]) rows.getObject(1)).isEqualTo(bytes);
            assertThat(meta.getColumnType(1)).isEqualTo(Types.VARBINARY);
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void timestamps(Way way) throws IOException, SQLException {
        for (int precision : new int[] {0, 3, 6, 9}) {
            LocalDateTime value = LocalDateTime.of(1969, 12, 31, 23, 59, 58)
                    .withNano(
                            precision == 0
                                    ? 0
                                    : precision == 3 ? 120_000_000 : precision == 6 ? 123_456_000 : 123_456_789);
            String text = "1969-12-31 23:59:58"
                    + (precision == 0 ? "" : precision == 3 ? ".120" : precision == 6 ? ".123456" : ".123456789");
            check(way, AtomicType.timestamp(precision), value, (rows, meta) -> {
                assertThat(rows.getString(1)).isEqualTo(text);
                assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(value);
                assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(value.toLocalDate());
                ZonedDateTime inTokyo = value.atZone(java.time.ZoneId.of("Asia/Tokyo"));
                assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(inTokyo.toInstant());
                assertThat(rows.getTimestamp("v")).isEqualTo(Timestamp.from(inTokyo.toInstant()));
                assertThat(rows.getObject(1)).isEqualTo(Timestamp.from(inTokyo.toInstant()));
                assertThat(rows.getObject("v", Instant.class)).isEqualTo(inTokyo.toInstant());
                assertThat(meta.getColumnType(1)).isEqualTo(Types.TIMESTAMP);
                assertThat(meta.getPrecision(1)).isEqualTo(precision);
                assertThat(meta.getColumnClassName(1)).isEqualTo("java.sql.Timestamp");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void timestampsAreReadInTheZoneOfTheJvmUnlessToldOtherwise(Way way) throws IOException, SQLException {
        LocalDateTime value = LocalDateTime.of(2026, 7, 1, 12, 0);
        check(
                way,
                "",
                AtomicType.timestamp(3),
                value,
                (rows, meta) -> assertThat(rows.getTimestamp(1)).isEqualTo(Timestamp.valueOf(value)));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void instants(Way way) throws IOException, SQLException {
        Instant value = Instant.parse("2026-01-31T20:00:00.123456Z");
        check(way, AtomicType.timestampLtz(6), value, (rows, meta) -> {
            assertThat(rows.getString(1)).isEqualTo("2026-02-01 05:00:00.123456");
            assertThat(rows.getObject(1)).isEqualTo(OffsetDateTime.parse("2026-02-01T05:00:00.123456+09:00"));
            assertThat(rows.getObject(1, Instant.class)).isEqualTo(value);
            assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo("2026-02-01T05:00:00.123456");
            assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(value);
            assertThat(meta.getColumnType(1)).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void datesTimesAndIntervals(Way way) throws IOException, SQLException {
        check(way, AtomicType.DATE, LocalDate.of(2026, 2, 28), (rows, meta) -> {
            assertThat(rows.getString(1)).isEqualTo("2026-02-28");
            assertThat(rows.getObject(1, LocalDate.class)).isEqualTo("2026-02-28");
        });
        check(
                way,
                "",
                AtomicType.DATE,
                LocalDate.of(1969, 2, 28),
                (rows, meta) -> assertThat(rows.getDate(1)).isEqualTo(Date.valueOf("1969-02-28")));
        check(way, AtomicType.of(TypeKind.TIME, 3), LocalTime.of(1, 2, 3, 4_000_000), (rows, meta) -> {
            assertThat(rows.getString(1)).isEqualTo("01:02:03.004");
            assertThat(rows.getObject(1, LocalTime.class)).isEqualTo("01:02:03.004");
        });
        check(way, "", AtomicType.of(TypeKind.TIME, 0), LocalTime.of(1, 2, 3), (rows, meta) -> {
            assertThat(rows.getString(1)).isEqualTo("01:02:03");
            assertThat(rows.getTime(1)).hasToString(Time.valueOf("01:02:03").toString());
        });
        check(
                way,
                AtomicType.of(TypeKind.INTERVAL_DAY_TIME),
                Duration.ofMillis(-93_784_005),
                (rows, meta) -> assertThat(rows.getString(1)).isEqualTo("-1 02:03:04.005"));
        check(
                way,
                AtomicType.of(TypeKind.INTERVAL_YEAR_MONTH),
                Period.ofMonths(14),
                (rows, meta) -> assertThat(rows.getString(1)).isEqualTo("+1-02"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void arrays(Way way) throws IOException, SQLException {
        check(way, new ArrayType(AtomicType.INT, true), Arrays.asList(1, null, 3), (rows, meta) -> {
            assertThat((Object[]) rows.getArray(1).getArray()).containsExactly(1, null, 3);
            assertThat((Object[]) ((java.sql.Array) rows.getObject(1)).getArray())
                    .containsExactly(1, null, 3);
            assertThat(rows.getString(1)).isEqualTo("[1, null, 3]");
            assertThat(meta.getColumnType(1)).isEqualTo(Types.ARRAY);
        });
        check(
                way,
                new ArrayType(AtomicType.STRING, true),
                List.of("a", "b"),
                (rows, meta) ->
                        assertThat((Object[]) rows.getArray(1).getArray()).containsExactly("a", "b"));
        check(
                way,
                new ArrayType(AtomicType.STRING, true),
                List.of(),
                (rows, meta) ->
                        assertThat((Object[]) rows.getArray(1).getArray()).isEmpty());
        check(
                way,
                new ArrayType(AtomicType.decimal(4, 1), true),
                List.of(new BigDecimal("1.5")),
                (rows, meta) ->
                        assertThat((Object[]) rows.getArray(1).getArray()).containsExactly(new BigDecimal("1.5")));
        check(
                way,
                "timeZone=UTC",
                new ArrayType(AtomicType.timestamp(3), true),
                Arrays.asList(LocalDateTime.of(2026, 1, 1, 0, 0), null),
                (rows, meta) -> {
                    assertThat(rows.getString(1)).contains("2026-01-01 00:00:00");
                    assertThat((Object[]) rows.getArray(1).getArray()).containsExactly("2026-01-01 00:00:00.000", null);
                });
        check(
                way,
                "timeZone=Europe/Oslo",
                new ArrayType(AtomicType.timestampLtz(3), true),
                List.of(Instant.EPOCH),
                (rows, meta) -> assertThat((Object[]) rows.getArray(1).getArray())
                        .containsExactly("1970-01-01 01:00:00.000+01:00"));
        check(
                way,
                new ArrayType(AtomicType.DATE, true),
                List.of(LocalDate.of(2026, 1, 31)),
                (rows, meta) ->
                        assertThat((Object[]) rows.getArray(1).getArray()).containsExactly("2026-01-31"));
        check(
                way,
                new ArrayType(AtomicType.of(TypeKind.TIME), true),
                List.of(LocalTime.of(10, 11, 12)),
                (rows, meta) ->
                        assertThat((Object[]) rows.getArray(1).getArray()).containsExactly("10:11:12"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nestedValuesAreJson(Way way) throws IOException, SQLException {
        RowType row = new RowType(
                List.of(
                        new Field("a \"b\"", AtomicType.INT),
                        new Field("t", AtomicType.timestamp(3)),
                        new Field("list", new ArrayType(AtomicType.STRING, true))),
                true);
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("a \"b\"", 1);
        value.put("t", LocalDateTime.of(2026, 1, 1, 0, 0, 0, 500_000_000));
        value.put("list", Arrays.asList("x\n", null));
        check(
                way,
                row,
                value,
                (rows, meta) -> assertThat(rows.getString(1))
                        .isEqualTo("{\"a \\\"b\\\"\":1,\"t\":\"2026-01-01 00:00:00.500\",\"list\":[\"x\\n\",null]}"));
        check(
                way,
                new MapType(AtomicType.STRING, AtomicType.DOUBLE, true),
                Map.of("k", 1.5),
                (rows, meta) -> assertThat(rows.getObject(1)).isEqualTo("{\"k\":1.5}"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void wrongCallsAreSqlExceptions(Way way) throws IOException, SQLException {
        check(way, AtomicType.STRING, "abc", (rows, meta) -> {
            assertThatThrownBy(() -> rows.getInt(1)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> rows.getString(2)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> rows.getString("nope")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> rows.getObject(1, LocalDate.class)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> rows.getObject(1, Thread.class)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> meta.getColumnName(9)).isInstanceOf(SQLException.class);
            assertThat(rows.getString(1)).isEqualTo("abc");
        });
    }
}
