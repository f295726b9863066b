package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ArithmeticTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("a", AtomicType.INT),
            new Field("b", AtomicType.BIGINT),
            new Field("d", AtomicType.DOUBLE),
            new Field("p", AtomicType.decimal(10, 2)),
            new Field("q", AtomicType.decimal(30, 5)));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private ExpressionHarness harness() {
        return new ExpressionHarness(memory.allocator(), SCHEMA);
    }

    @Test
    void integersWrapAndNullsStay() {
        assertThat(harness().project("a + 1, a * a, b - a, -b, ABS(a), b / 2, MOD(a, 3), a % 3, +a", """
                                2147483647 | 7 | 0 | 0 | 0
                                -7 | -9223372036854775808 | 0 | 0 | 0
                                NULL | 1 | 0 | 0 | 0
                                """))
                .isEqualTo("""
                        -2147483648 | 1 | -2147483640 | -7 | 2147483647 | 3 | 1 | 1 | 2147483647
                        -6 | 49 | -9223372036854775801 | -9223372036854775808 | 7 | -4611686018427387904 | -1 | -1 | -7
                        NULL | NULL | NULL | -1 | NULL | 0 | NULL | NULL | NULL""");
    }

    @Test
    void doublesFollowIeee() {
        assertThat(harness().project("d / 0, d + a, d * d, CAST(d AS INT), CAST(d AS BIGINT), CAST(d AS TINYINT)", """
                                1 | 0 | 1.5 | 0 | 0
                                1 | 0 | -0.0 | 0 | 0
                                1 | 0 | 1e300 | 0 | 0
                                1 | 0 | NaN | 0 | 0
                                1 | 0 | NULL | 0 | 0
                                """))
                .isEqualTo("""
                        Infinity | 2.5 | 2.25 | 1 | 1 | 1
                        NaN | 1.0 | 0.0 | 0 | 0 | 0
                        Infinity | 1.0E300 | Infinity | 2147483647 | 9223372036854775807 | -1
                        NaN | NaN | NaN | 0 | 0 | 0
                        NULL | NULL | NULL | NULL | NULL | NULL""");
    }

    @Test
    void decimalsAreExact() {
        assertThat(harness().project("p + 1, p * 0.908, 0.908 * b, q * p, p - q, q + q, -q, ABS(q), p = q, p > q", """
                                1 | 1000 | 0 | 1.50 | 1.50000
                                1 | -9223372036854775808 | 0 | -99999999.99 | 1234567890123456789012345.12345
                                1 | NULL | 0 | NULL | -0.00001
                                """))
                .isEqualTo("""
                        2.50 | 1.36200 | 908.000 | 2.2500000 | 0.00000 | 3.00000 | -1.50000 | 1.50000 | true | false
                        -99999998.99 | -90799999.99092 | -8374821809464136433.664 | NULL | -1234567890123456889012345.11345 | 2469135780246913578024690.24690 | -1234567890123456789012345.12345 | 1234567890123456789012345.12345 | false | false
                        NULL | NULL | NULL | NULL | NULL | -0.00002 | 0.00001 | 0.00001 | NULL | NULL""");
    }

    @Test
    void decimalsAreRoundedHalfUpAndOverflowToNull() {
        assertThat(harness()
                        .project(
                                "CAST(p AS DECIMAL(4, 1)), CAST(p AS DECIMAL(20, 4)), CAST(q AS DECIMAL(10, 2)),"
                                        + " CAST(p AS INT), CAST(q AS BIGINT), CAST(a AS DECIMAL(4, 2)), CAST(d AS DECIMAL(5, 2))",
                                """
                                12 | 0 | 1.005 | 1.25 | 2.005
                                -1 | 0 | -1.005 | -1.25 | -2.005
                                100 | 0 | 1e9 | 1000.00 | 123456789.00000
                                """))
                .isEqualTo("""
                        1.3 | 1.2500 | 2.01 | 1 | 2 | 12.00 | 1.01
                        -1.3 | -1.2500 | -2.01 | -1 | -2 | -1.00 | -1.01
                        NULL | 1000.0000 | NULL | 1000 | 123456789 | NULL | NULL""");
    }

    @Test
    void divisionByZeroNamesExpressionAndValues() {
        assertThatThrownBy(() -> harness().project("b / a", "1 | 5 | 0 | 0 | 0\n0 | 7 | 0 | 0 | 0"))
                .isInstanceOfSatisfying(SabotException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
                    assertThat(error.why()).contains("in b / a with 7, 0");
                });
        assertThatThrownBy(() -> harness().project("p / a", "0 | 5 | 0 | 1.00 | 0"))
                .isInstanceOfSatisfying(
                        SabotException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO));
    }

    @Test
    void divisionIsNotTriedForRowsThatDoNotNeedIt() {
        String table = """
                0 | 5 | 0 | 0 | 0
                2 | 5 | 0 | 0 | 0
                NULL | 5 | 0 | 0 | 0
                """;
        assertThat(harness().project("CASE WHEN a <> 0 THEN b / a ELSE -1 END", table))
                .isEqualTo("-1\n2\n-1");
        assertThat(harness().project("a <> 0 AND b / a > 1, a = 0 OR b / a > 2", table))
                .isEqualTo("false | true\ntrue | false\nNULL | NULL");
        assertThat(harness().filter("a <> 0 AND b / a > 1", table)).isEqualTo("1");
        assertThat(harness()
                        .project(
                                SqlExpressions.parseAll(SCHEMA, "b / a, a"), table, new Selection(new int[] {2, 1}, 2)))
                .isEqualTo("NULL | NULL\n2 | 2");
    }
}
