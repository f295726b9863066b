package io.sabot.executor.changelog;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class FoldOperatorTest {
    private static final Schema SCHEMA = Schema.of(new Field("k", BIGINT), new Field("v", STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(List<Integer> key, int cut) {
        return new OperatorHarness(context -> new FoldOperator(SCHEMA, key, context), SCHEMA, memory.allocator(), cut);
    }

    @Test
    void rebuildsKindsByKeyAtTheBarrier() {
        try (OperatorHarness harness = harness(List.of(0), Integer.MAX_VALUE)) {
            harness.rows(0, SCHEMA, """
                    +I | 1 | a
                    +I | 2 | b
                    -D | 3 | c
                    +I | 3 | d
                    +I | 4 | e
                    """);
            harness.watermark(5);
            assertThat(harness.take()).isEmpty();
            harness.rows(0, SCHEMA, """
                    -U | 1 | a
                    +U | 1 | x
                    -D | 5 | z
                    -D | 4 | e
                    """);
            assertThat(harness.barrier().take())
                    .containsExactly("+I | 1 | x", "+I | 2 | b", "-U | 3 | c", "+U | 3 | d", "-D | 5 | z", "W 5");
            assertThat(harness.barrier().watermark(6).take()).containsExactly("W 6");
        }
    }

    @Test
    void deletesComeFirstThenPairsThenInserts() {
        try (OperatorHarness harness = harness(List.of(0), Integer.MAX_VALUE)) {
            harness.rows(0, SCHEMA, "+I | 1 | n\n-D | 1 | a\n-D | 1 | b").barrier();
            assertThat(harness.take()).containsExactly("-D | 1 | a", "-U | 1 | b", "+U | 1 | n");
            harness.rows(0, SCHEMA, "+I | 1 | x\n+I | 1 | y\n-D | 1 | n").barrier();
            assertThat(harness.take()).containsExactly("-U | 1 | n", "+U | 1 | x", "+I | 1 | y");
        }
    }

    @Test
    void withoutAKeyAllThatGoesComesFirst() {
        try (OperatorHarness harness = harness(List.of(), Integer.MAX_VALUE)) {
            harness.rows(0, SCHEMA, "+I | 1 | a\n+I | 1 | a\n-D | 2 | b\n+I | NULL | NULL\n-D | 1 | c")
                    .end();
            assertThat(harness.take())
                    .containsExactly(
                            "-D | 2 | b", "-D | 1 | c", "+I | 1 | a", "+I | 1 | a", "+I | NULL | NULL", "W END");
        }
    }

    @Test
    void hasTheEffectOfWhatItFolded() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Integer> key = random.nextBoolean() ? List.of(0) : List.of();
            Changelog expected = new Changelog();
            Changelog folded = new Changelog();
            try (OperatorHarness harness =
                    harness(key, random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5))) {
                for (int epoch = 0; epoch < 6; epoch++) {
                    List<String> lines = new ArrayList<>();
                    for (int i = random.nextInt(30); i > 0; i--) {
                        lines.add((random.nextBoolean() ? "+I | " : "-D | ") + random.nextInt(4) + " | "
                                + "v".repeat(random.nextInt(3)) + random.nextInt(3));
                    }
                    harness.rows(0, SCHEMA, String.join("\n", lines)).barrier();
                    expected.apply(lines);
                    assertThat(folded.apply(harness.take()).rows())
                            .as("seed " + seed)
                            .isEqualTo(expected.rows());
                }
            }
        }
    }
}
