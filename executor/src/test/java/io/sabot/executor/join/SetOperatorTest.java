package io.sabot.executor.join;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SetOperatorTest {
    private static final Schema ROW = Schema.of(new Field("k", BIGINT), new Field("s", STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(SetOperation operation, boolean atEnd, int cut) {
        return new OperatorHarness(
                context -> new SetOperator(operation, ROW, atEnd, context), ROW, memory.allocator(), cut);
    }

    @Test
    void aRowThatComesAndGoesInOneBatchIsNotSeen() {
        try (OperatorHarness harness = harness(SetOperation.EXCEPT, false, Integer.MAX_VALUE)) {
            harness.rows(0, ROW, "+I | 1 | a\n-D | 1 | a\n+I | NULL | b");
            assertThat(harness.take()).containsExactly("+I | NULL | b");
            harness.rows(1, ROW, "+I | NULL | b");
            assertThat(harness.take()).containsExactly("-D | NULL | b");
            harness.rows(1, ROW, "-D | NULL | b");
            assertThat(harness.take()).containsExactly("+I | NULL | b");
        }
    }

    @Test
    void agreesWithTheDefinitionAfterEveryBatch() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            SetOperation operation = SetOperation.values()[random.nextInt(SetOperation.values().length)];
            boolean atEnd = random.nextInt(4) == 0;
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5);
            String shown = "seed " + seed + " " + operation + " end " + atEnd + " cut " + cut;
            List<Map<String, Integer>> sides = List.of(new TreeMap<>(), new TreeMap<>());
            Changelog changelog = new Changelog();
            try (OperatorHarness harness = harness(operation, atEnd, cut)) {
                harness.routed(List.of(ROW, ROW), List.of(List.of(0, 1), List.of(0, 1)));
                for (int step = 0; step < 14; step++) {
                    if (random.nextInt(8) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    int side = random.nextInt(2);
                    harness.rows(side, ROW, changes(random, sides.get(side)));
                    if (!atEnd) {
                        assertThat(changelog.apply(harness.takeRows()).rows())
                                .as(shown)
                                .isEqualTo(naive(operation, sides));
                    }
                }
                assertThat(changelog.apply(harness.end().takeRows()).rows())
                        .as(shown)
                        .isEqualTo(naive(operation, sides));
            }
        }
    }

    private static List<String> naive(SetOperation operation, List<Map<String, Integer>> sides) {
        Changelog result = new Changelog();
        sides.get(0).forEach((row, left) -> {
            int right = sides.get(1).getOrDefault(row, 0);
            int times = switch (operation) {
                case INTERSECT -> left > 0 && right > 0 ? 1 : 0;
                case INTERSECT_ALL -> Math.min(left, right);
                case EXCEPT -> left > 0 && right == 0 ? 1 : 0;
                case EXCEPT_ALL -> Math.max(0, left - right);
            };
            if (times > 0) {
                result.add(row, times);
            }
        });
        return result.rows();
    }

    private static String changes(Random random, Map<String, Integer> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0, n = 1 + random.nextInt(8); i < n; i++) {
            String row = (random.nextInt(5) == 0 ? "NULL" : random.nextInt(3)) + " | "
                    + (random.nextInt(5) == 0 ? "NULL" : "s" + random.nextInt(2));
            boolean delete = rows.getOrDefault(row, 0) > 0 && random.nextBoolean();
            rows.merge(row, delete ? -1 : 1, Integer::sum);
            text.append(delete ? "-D | " : "+I | ").append(row).append('\n');
        }
        return text.toString();
    }
}
