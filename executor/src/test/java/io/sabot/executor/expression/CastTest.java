package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.parser.error.SabotException;
import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CastTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("s", AtomicType.STRING),
            new Field("b", AtomicType.BOOLEAN),
            new Field("d", AtomicType.DOUBLE),
            new Field("p", AtomicType.decimal(10, 2)),
            new Field("i", AtomicType.BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private ExpressionHarness harness() {
        return new ExpressionHarness(memory.allocator(), SCHEMA);
    }

    @Test
    void readsTexts() {
        assertThat(harness()
                        .project(
                                "CAST(s AS INT), CAST(s AS BIGINT), CAST(s AS DOUBLE), CAST(s AS DECIMAL(12, 2)), CAST(s AS REAL)",
                                """
                                ' 12 ' | true | 0 | 0 | 0
                                -7.9 | true | 0 | 0 | 0
                                +0.005 | true | 0 | 0 | 0
                                16777216 | true | 0 | 0 | 0
                                NULL | true | 0 | 0 | 0
                                """))
                .isEqualTo("""
                        12 | 12 | 12.0 | 12.00 | 12.0
                        -7 | -7 | -7.9 | -7.90 | -7.9
                        0 | 0 | 0.005 | 0.01 | 0.005
                        16777216 | 16777216 | 1.6777216E7 | 16777216.00 | 1.6777216E7
                        NULL | NULL | NULL | NULL | NULL""");
        assertThat(harness().project("CAST(s AS BOOLEAN)", "Yes | true | 0 | 0 | 0\nf | true | 0 | 0 | 0"))
                .isEqualTo("true\nfalse");
    }

    @Test
    void failsOnWhatIsNoValue() {
        assertThatThrownBy(() -> harness().project("CAST(s AS INT)", "1 | true | 0 | 0 | 0\nabc | true | 0 | 0 | 0"))
                .isInstanceOfSatisfying(SabotException.class, error -> {
                    assertThat(error.sqlState()).isEqualTo("22018");
                    assertThat(error.what()).isEqualTo("cannot cast 'abc' to INT");
                    assertThat(error.why()).contains("in CAST(s AS INT) with 'abc'");
                });
        for (String bad : List.of("2147483648", "''", "-", "1e3", "1 2", ".")) {
            assertThatThrownBy(() -> harness().project("CAST(s AS INT)", bad + " | true | 0 | 0 | 0"))
                    .as(bad)
                    .isInstanceOf(SabotException.class);
        }
        assertThatThrownBy(() -> harness().project("CAST(s AS TIMESTAMP(3))", "2024-02-32 00:00:00 | true | 0 | 0 | 0"))
                .isInstanceOfSatisfying(
                        SabotException.class,
                        error -> assertThat(error.sqlState()).isEqualTo("22007"));
    }

    @Test
    void tryCastGivesNull() {
        RexNode s = new RexInputRef(0, SqlExpressions.type(AtomicType.STRING));
        RexNode cast = RexTypes.BUILDER.makeAbstractCast(SqlExpressions.type(AtomicType.INT), s, true);
        assertThat(harness().project(List.of(cast), "1 | true | 0 | 0 | 0\nabc | true | 0 | 0 | 0", null))
                .isEqualTo("1\nNULL");
    }

    @Test
    void writesTexts() {
        assertThat(harness()
                        .project(
                                "CAST(b AS VARCHAR), CAST(d AS VARCHAR), CAST(p AS VARCHAR), CAST(i AS VARCHAR), CAST(s AS VARCHAR(3)), CAST(s AS CHAR(8)), CAST(i AS VARCHAR(2))",
                                """
                                Größe | true | 1e10 | -0.50 | -9223372036854775808
                                ab | false | NaN | 12.00 | 0
                                NULL | NULL | NULL | NULL | 1000000000000000000
                                """))
                .isEqualTo("""
                        TRUE | 1.0E10 | -0.50 | -9223372036854775808 | Grö | 'Größe   ' | -9
                        FALSE | NaN | 12.00 | 0 | ab | 'ab      ' | 0
                        NULL | NULL | NULL | 1000000000000000000 | NULL | NULL | 10""");
    }

    @Test
    void writesTimes() {
        Schema schema = Schema.of(
                new Field("d", AtomicType.DATE),
                new Field("t", AtomicType.of(TypeKind.TIME, 0)),
                new Field("ts", AtomicType.timestamp(3)),
                new Field("t9", AtomicType.timestamp(9)));
        assertThat(new ExpressionHarness(memory.allocator(), schema)
                        .project(
                                "CAST(d AS VARCHAR), CAST(t AS VARCHAR), CAST(ts AS VARCHAR), CAST(t9 AS VARCHAR), CAST(t9 AS TIMESTAMP(3)), CAST(ts AS TIMESTAMP(0)), CAST(d AS TIMESTAMP(3)), CAST(ts AS DATE)",
                                "1969-12-31 | 10:00 | 1969-12-31 23:59:59.999 | 2024-01-01 00:00:00.123456789"))
                .isEqualTo(
                        "1969-12-31 | 10:00:00 | 1969-12-31 23:59:59.999 | 2024-01-01 00:00:00.123456789 | 2024-01-01 00:00:00.123"
                                + " | 1969-12-31 23:59:59 | 1969-12-31 00:00:00 | 1969-12-31");
    }

    @Test
    void castsBooleansAndNumbers() {
        RexNode b = new RexInputRef(1, SqlExpressions.type(AtomicType.BOOLEAN));
        RexNode i = new RexInputRef(4, SqlExpressions.type(AtomicType.BIGINT));
        List<RexNode> casts = List.of(
                RexTypes.BUILDER.makeAbstractCast(SqlExpressions.type(AtomicType.INT), b, false),
                RexTypes.BUILDER.makeAbstractCast(SqlExpressions.type(AtomicType.BOOLEAN), i, false),
                RexTypes.BUILDER.makeAbstractCast(SqlExpressions.type(AtomicType.TINYINT), i, false));
        assertThat(harness().project(casts, "x | true | 0 | 0 | 300\nx | NULL | 0 | 0 | 0", null))
                .isEqualTo("1 | true | 44\nNULL | false | 0");
    }
}
