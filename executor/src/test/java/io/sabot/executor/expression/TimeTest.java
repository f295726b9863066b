package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.WeekFields;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TimeTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("ts", AtomicType.timestamp(3)),
            new Field("t6", AtomicType.timestamp(6)),
            new Field("ltz", AtomicType.timestampLtz(3)),
            new Field("d", AtomicType.DATE),
            new Field("n", AtomicType.INT),
            new Field("s", AtomicType.STRING));

    private static final String TABLE = """
            2024-01-31 10:20:30.456 | 2024-01-31 10:20:30.456789 | 2024-07-01 22:30:00Z | 2024-02-29 | 1 | 2024-05-06 07:08:09
            1969-12-31 23:59:59.999 | 1969-12-31 23:59:59.999999 | 2024-03-31 00:30:00Z | 1969-12-31 | -1 | 2024-5-6
            NULL | NULL | NULL | NULL | NULL | no time
            """;

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @BeforeAll
    static void declare() {
        SqlReturnTypeInference string =
                ReturnTypes.explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE).andThen(SqlTypeTransforms.FORCE_NULLABLE);
        SqlReturnTypeInference instant = ReturnTypes.explicit(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, 3)
                .andThen(SqlTypeTransforms.FORCE_NULLABLE);
        SqlExpressions.declare("DATE_FORMAT", string);
        SqlExpressions.declare("FROM_UNIXTIME", string);
        SqlExpressions.declare("CONVERT_TZ", string);
        SqlExpressions.declare("TO_TIMESTAMP_LTZ", instant);
        SqlExpressions.declare("NOW", instant);
        SqlExpressions.declare("CURRENT_WATERMARK", instant);
        SqlExpressions.declare(
                "TO_TIMESTAMP",
                ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 3).andThen(SqlTypeTransforms.FORCE_NULLABLE));
        SqlExpressions.declare(
                "TO_DATE", ReturnTypes.explicit(SqlTypeName.DATE).andThen(SqlTypeTransforms.FORCE_NULLABLE));
        SqlExpressions.declare(
                "UNIX_TIMESTAMP", ReturnTypes.explicit(SqlTypeName.BIGINT).andThen(SqlTypeTransforms.FORCE_NULLABLE));
    }

    private String project(String select) {
        return project(select, "UTC");
    }

    private String project(String select, String zone) {
        EvaluationContext context =
                new EvaluationContext(ZoneId.of(zone), () -> 1_700_000_000_123L, () -> 1_700_000_000_123L, () -> 42L);
        return new ExpressionHarness(memory.allocator(), SCHEMA, context).project(select, TABLE);
    }

    @Test
    void addsIntervals() {
        assertThat(
                        project(
                                "ts + INTERVAL '1' MONTH, t6 - INTERVAL '1.5' SECOND, d + INTERVAL '2' DAY, d + INTERVAL '1' YEAR, TIMESTAMPADD(HOUR, n, ts)"))
                .isEqualTo("""
                        2024-02-29 10:20:30.456 | 2024-01-31 10:20:28.956789 | 2024-03-02 | 2025-02-28 | 2024-01-31 11:20:30.456
                        1970-01-31 23:59:59.999 | 1969-12-31 23:59:58.499999 | 1970-01-02 | 1970-12-31 | 1969-12-31 22:59:59.999
                        NULL | NULL | NULL | NULL | NULL""");
    }

    @Test
    void subtractsTimes() {
        assertThat(
                        project(
                                "TIMESTAMPDIFF(MINUTE, ts, TIMESTAMP '2024-02-29 10:20:29'), TIMESTAMPDIFF(MONTH, ts, TIMESTAMP '2024-02-29 10:20:29'), TIMESTAMPDIFF(DAY, d, DATE '2024-03-01')"))
                .isEqualTo("41759 | 0 | 1\n28486700 | 649 | 19784\nNULL | NULL | NULL");
    }

    @Test
    void roundsToUnits() {
        assertThat(
                        project(
                                "FLOOR(ts TO HOUR), CEIL(ts TO DAY), FLOOR(ts TO WEEK), FLOOR(ts TO MONTH), CEIL(ts TO QUARTER), FLOOR(d TO YEAR), FLOOR(t6 TO SECOND)"))
                .isEqualTo("""
                        2024-01-31 10:00:00 | 2024-02-01 00:00:00 | 2024-01-28 00:00:00 | 2024-01-01 00:00:00 | 2024-04-01 00:00:00 | 2024-01-01 | 2024-01-31 10:20:30
                        1969-12-31 23:00:00 | 1970-01-01 00:00:00 | 1969-12-28 00:00:00 | 1969-12-01 00:00:00 | 1970-01-01 00:00:00 | 1969-01-01 | 1969-12-31 23:59:59
                        NULL | NULL | NULL | NULL | NULL | NULL | NULL""");
    }

    @Test
    void takesParts() {
        assertThat(
                        project(
                                "YEAR(ts), QUARTER(ts), MONTH(d), WEEK(d), DAYOFYEAR(d), DAYOFMONTH(d), DAYOFWEEK(d), HOUR(ts), MINUTE(ts), SECOND(ts), EXTRACT(EPOCH FROM ts), EXTRACT(MILLISECOND FROM t6)"))
                .isEqualTo("""
                        2024 | 1 | 2 | 9 | 60 | 29 | 5 | 10 | 20 | 30 | 1706696430 | 456
                        1969 | 4 | 12 | 1 | 365 | 31 | 4 | 23 | 59 | 59 | -1 | 999
                        NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL""");
    }

    @Test
    void takesInstantsInTheZoneOfTheSession() {
        assertThat(project(
                        "HOUR(ltz), FLOOR(ltz TO DAY), CAST(ltz AS TIMESTAMP(3)), CAST(ltz AS DATE), DATE_FORMAT(ltz, 'HH:mm'), CAST(ltz AS VARCHAR), CAST(ts AS TIMESTAMP(3) WITH LOCAL TIME ZONE)",
                        "Europe/Berlin"))
                .isEqualTo("""
                        0 | 2024-07-01 22:00:00Z | 2024-07-02 00:30:00 | 2024-07-02 | 00:30 | 2024-07-02 00:30:00.000 | 2024-01-31 09:20:30.456Z
                        1 | 2024-03-30 23:00:00Z | 2024-03-31 01:30:00 | 2024-03-31 | 01:30 | 2024-03-31 01:30:00.000 | 1969-12-31 22:59:59.999Z
                        NULL | NULL | NULL | NULL | NULL | NULL | NULL""");
    }

    @Test
    void readsAndWritesTexts() {
        assertThat(
                        project(
                                "TO_TIMESTAMP(s), TO_TIMESTAMP(s, 'yyyy-MM-dd HH:mm:ss'), TO_DATE(s), DATE_FORMAT(ts, 'yyyy-MM-dd'), DATE_FORMAT(ts, 'dd.MM.yy EEE'), DATE_FORMAT(s, 'HH:mm'), UNIX_TIMESTAMP(s), FROM_UNIXTIME(n)"))
                .isEqualTo("""
                        2024-05-06 07:08:09 | 2024-05-06 07:08:09 | 2024-05-06 | 2024-01-31 | 31.01.24 Wed | 07:08 | 1714979289 | 1970-01-01 00:00:01
                        2024-05-06 00:00:00 | NULL | 2024-05-06 | 1969-12-31 | 31.12.69 Wed | NULL | -9223372036854775808 | 1969-12-31 23:59:59
                        NULL | NULL | NULL | NULL | NULL | NULL | -9223372036854775808 | NULL""");
        assertThat(
                        project(
                                "CONVERT_TZ(s, 'UTC', 'America/Los_Angeles'), TO_TIMESTAMP_LTZ(n, 0), TO_TIMESTAMP_LTZ(n), TO_TIMESTAMP_LTZ(s)"))
                .isEqualTo("""
                        2024-05-06 00:08:09 | 1970-01-01 00:00:01Z | 1970-01-01 00:00:00.001Z | 2024-05-06 07:08:09Z
                        NULL | 1969-12-31 23:59:59Z | 1969-12-31 23:59:59.999Z | 2024-05-06 00:00:00Z
                        NULL | NULL | NULL | NULL""");
    }

    @Test
    void readsTheClocksOfItsContext() {
        assertThat(project("NOW(), UNIX_TIMESTAMP(), CURRENT_WATERMARK(ts)")
                        .lines()
                        .findFirst())
                .contains("2023-11-14 22:13:20.123Z | 1700000000 | 1970-01-01 00:00:00.042Z");
    }

    @Test
    void agreesWithJavaTimeOnEveryDayOfEightCenturies() {
        for (LocalDate date = LocalDate.of(1600, 1, 1); date.getYear() < 2400; date = date.plusDays(1)) {
            long day = date.toEpochDay();
            long civil = Calendars.civil(day);
            assertThat(civil).isEqualTo((long) date.getYear() << 16 | date.getMonthValue() << 8 | date.getDayOfMonth());
            assertThat(Calendars.epochDay(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
                    .isEqualTo(day);
            assertThat(TimeUnits.extract(day, TimeUnitRange.WEEK, 1))
                    .isEqualTo(date.get(WeekFields.ISO.weekOfWeekBasedYear()));
            assertThat(Calendars.addMonths(day, 13, 1))
                    .isEqualTo(date.plusMonths(13).toEpochDay());
        }
    }
}
