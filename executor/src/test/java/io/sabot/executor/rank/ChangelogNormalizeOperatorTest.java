package io.sabot.executor.rank;

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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ChangelogNormalizeOperatorTest {
    private static final Schema SCHEMA = Schema.of(new Field("k", BIGINT), new Field("v", STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void givesEveryVersionWithItsBeforeImage() {
        try (OperatorHarness harness = new OperatorHarness(
                context -> new ChangelogNormalizeOperator(SCHEMA, List.of(0), false, context),
                SCHEMA,
                memory.allocator())) {
            harness.rows(0, SCHEMA, """
                    +I | 1 | a
                    +U | 1 | b
                    +U | 1 | b
                    -D | 2 | NULL
                    -D | 1 | NULL
                    +I | 1 | c
                    """);
            assertThat(harness.take())
                    .containsExactly("+I | 1 | a", "-U | 1 | a", "+U | 1 | b", "-D | 1 | b", "+I | 1 | c");
            harness.rows(0, SCHEMA, "-D | 1 | NULL");
            assertThat(harness.take()).containsExactly("-D | 1 | c");
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void keepsTheLastRowOfEachKey() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            boolean atEnd = random.nextBoolean();
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            TreeMap<Integer, String> expected = new TreeMap<>();
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new ChangelogNormalizeOperator(SCHEMA, List.of(0), atEnd, context),
                    SCHEMA,
                    memory.allocator(),
                    cut)) {
                harness.routed(List.of(SCHEMA), List.of(List.of(0)));
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    if (random.nextInt(10) == 0) {
                        harness.rows(0, SCHEMA, String.join("\n", lines)).restart(1 + random.nextInt(3));
                        lines.clear();
                    }
                    int key = random.nextInt(5);
                    if (random.nextInt(4) == 0) {
                        expected.remove(key);
                        lines.add("-D | " + key + " | NULL");
                    } else {
                        String value = "v" + random.nextInt(3);
                        expected.put(key, value);
                        lines.add("+U | " + key + " | " + value);
                    }
                }
                harness.rows(0, SCHEMA, String.join("\n", lines)).end();
                List<String> rows = new ArrayList<>();
                for (Map.Entry<Integer, String> row : expected.entrySet()) {
                    rows.add(row.getKey() + " | " + row.getValue());
                }
                assertThat(new Changelog().apply(harness.takeRows()).rows())
                        .as("seed " + seed)
                        .isEqualTo(rows);
            }
        }
    }
}
