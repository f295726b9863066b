package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.parser.error.SabotException;
import java.util.List;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GeneratedLoopTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("a", AtomicType.INT),
            new Field("d", AtomicType.DOUBLE),
            new Field("s", AtomicType.STRING),
            new Field(
                    "r",
                    new RowType(List.of(new Field("x", AtomicType.BIGINT), new Field("y", AtomicType.STRING)), true)));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private ExpressionHarness harness() {
        return new ExpressionHarness(memory.allocator(), SCHEMA);
    }

    @Test
    void computesWhatHasNoKernel() {
        assertThat(harness().project("SQRT(d), INITCAP(s), OVERLAY(s PLACING 'X' FROM 2), POWER(a + 1, 2) + 0.5", """
                                1 | 4 | hello world | NULL
                                2 | NULL | NULL | NULL
                                """))
                .isEqualTo("2.0 | Hello World | hXllo world | 4.5\nNULL | NULL | NULL | 9.5");
    }

    @Test
    void makesAndTakesNestedValues() {
        assertThat(harness()
                        .project("ARRAY[a, 7], ARRAY[a, 7][1], MAP[s, a], ROW(a, s), r, CARDINALITY(ARRAY[a])", """
                                1 | 4 | x | (5, y)
                                2 | 4 | z | NULL
                                """))
                .isEqualTo("""
                        [1, 7] | 1 | {x=1} | (1, x) | (5, y) | 1
                        [2, 7] | 2 | {z=2} | (2, z) | NULL | 1""");
    }

    @Test
    void readsFieldsOfRows() {
        assertThat(harness()
                        .project(
                                "`t`.`r`.`x` + 1, `t`.`r`.`y`",
                                "1 | 4 | x | (5, y)\n2 | 4 | z | NULL\n2 | 4 | z | (NULL, q)"))
                .isEqualTo("6 | y\nNULL | NULL\nNULL | q");
    }

    @Test
    void choosesAmongNestedValues() {
        assertThat(harness()
                        .project(
                                "CASE WHEN a > 1 THEN ARRAY[a] ELSE ARRAY[0, a] END, CASE WHEN a > 1 THEN NULL ELSE r END",
                                "1 | 4 | x | (5, y)\n2 | 4 | z | (6, z)"))
                .isEqualTo("[0, 1] | (5, y)\n[2] | NULL");
    }

    @Test
    void randomValuesDifferFromRowToRow() {
        assertThat(harness()
                        .project("RAND()", "1 | 1 | x | NULL\n1 | 1 | x | NULL\n1 | 1 | x | NULL")
                        .lines())
                .doesNotHaveDuplicates();
    }

    @Test
    void readsJson() {
        assertThat(
                        harness()
                                .project(
                                        "JSON_VALUE(s, 'lax $.k'), JSON_EXISTS(s, 'lax $.k'), s IS JSON",
                                        "1 | 1 | '{\"k\": \"v\"}' | NULL\n1 | 1 | '[1]' | NULL\n1 | 1 | x | NULL\n1 | 1 | NULL | NULL"))
                .isEqualTo("v | true | true\nNULL | false | true\nNULL | false | false\nNULL | NULL | false");
    }

    @Test
    void makesRowsOfNulls() {
        assertThat(harness()
                        .project(
                                "ROW(a, s, ROW(d)), CASE WHEN a > 0 THEN ROW(a) END",
                                "1 | 1 | x | NULL\nNULL | NULL | NULL | NULL"))
                .isEqualTo("(1, x, (1.0)) | (1)\n(NULL, NULL, (NULL)) | NULL");
    }

    @Test
    void castsRowsFieldByField() {
        RowType wide = new RowType(
                List.of(new Field("x", AtomicType.STRING), new Field("y", AtomicType.of(TypeKind.VARCHAR, 1))), true);
        RexNode cast = RexTypes.BUILDER.makeAbstractCast(
                SqlExpressions.type(wide), new RexInputRef(3, SqlExpressions.type(SCHEMA.type(3))), false);
        assertThat(harness()
                        .project(List.of(cast), "1 | 1 | x | (5, yz)\n1 | 1 | x | NULL\n1 | 1 | x | (NULL, q)", null))
                .isEqualTo("(5, y)\nNULL\n(NULL, q)");
    }

    @Test
    void refusesToLoseDigits() {
        Schema schema = Schema.of(new Field("t9", AtomicType.timestamp(9)));
        assertThatThrownBy(() -> new ExpressionHarness(memory.allocator(), schema)
                        .project("LAST_DAY(t9)", "2024-01-01 00:00:00.000000001"))
                .isInstanceOfSatisfying(SabotException.class, error -> {
                    assertThat(error.sqlState()).isEqualTo("0A000");
                    assertThat(error.hint()).contains("CAST the argument to TIMESTAMP(3)");
                });
    }

    @Test
    void comparesNestedValues() {
        assertThat(harness()
                        .project(
                                "ARRAY[a, 2] = ARRAY[1, 2], r = ROW(5, 'y'), MAP['k', a] <> MAP['k', 1]",
                                "1 | 1 | x | (5, y)\n2 | 1 | x | (NULL, y)\nNULL | 1 | x | NULL"))
                .isEqualTo("true | true | false\nfalse | false | true\nfalse | NULL | true");
    }
}
