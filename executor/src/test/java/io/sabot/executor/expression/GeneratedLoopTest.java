package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import java.util.List;
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
}
