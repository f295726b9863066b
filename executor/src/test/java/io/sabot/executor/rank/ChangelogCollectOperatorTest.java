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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ChangelogCollectOperatorTest {
    private static final Schema SCHEMA = Schema.of(new Field("k", BIGINT), new Field("v", STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void givesWhatIsLeftAsOftenAsItIs() {
        try (OperatorHarness harness = new OperatorHarness(
                context -> new ChangelogCollectOperator(SCHEMA, context), SCHEMA, memory.allocator())) {
            harness.rows(0, SCHEMA, """
                    +I | 1    | a
                    -D | 2    | b
                    +I | 1    | a
                    +I | NULL | NULL
                    -U | 1    | c
                    +U | 2    | b
                    +I | 1    | c
                    """);
            assertThat(harness.take()).isEmpty();
            assertThat(harness.end().takeRows())
                    .containsExactlyInAnyOrder("+I | 1 | a", "+I | 1 | a", "+I | NULL | NULL");
        }
    }

    @Test
    void addsUpChangelogsInAnyOrder() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            Changelog expected = new Changelog();
            List<String> live = new ArrayList<>();
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new ChangelogCollectOperator(SCHEMA, context), SCHEMA, memory.allocator(), cut)) {
                harness.routed(List.of(SCHEMA), List.of(List.of(0, 1)));
                List<String> lines = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    if (random.nextInt(10) == 0) {
                        harness.rows(0, SCHEMA, String.join("\n", lines)).restart(1 + random.nextInt(3));
                        lines.clear();
                    }
                    if (!live.isEmpty() && random.nextInt(3) == 0) {
                        lines.add("-D | " + live.remove(random.nextInt(live.size())));
                    } else {
                        String row = random.nextInt(3) + " | v" + random.nextInt(3);
                        live.add(row);
                        lines.add("+I | " + row);
                    }
                }
                harness.rows(0, SCHEMA, String.join("\n", lines)).end();
                live.sort(null);
                List<String> rows =
                        new ArrayList<>(expected.apply(harness.takeRows()).rows());
                rows.sort(null);
                assertThat(rows).as("seed " + seed).isEqualTo(live);
            }
        }
    }
}
