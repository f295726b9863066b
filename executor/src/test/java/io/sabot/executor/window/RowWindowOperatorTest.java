package io.sabot.executor.window;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RowWindowOperatorTest {
    private static final Schema INPUT = Schema.of(new Field("k", STRING), new Field("v", STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(long size, int cut, boolean distinct) {
        List<AggregateSpec> calls = new ArrayList<>(
                List.of(AggregateSpec.of(AggregateFunction.LAST_VALUE, List.of(1), List.of(STRING), STRING)));
        List<Field> fields = new ArrayList<>(List.of(new Field("k", STRING), new Field("last", STRING)));
        if (distinct) {
            calls.add(new AggregateSpec(AggregateFunction.COUNT, true, List.of(1), List.of(STRING), -1, BIGINT));
            fields.add(new Field("d", BIGINT));
        }
        fields.add(new Field("window_start", BIGINT));
        fields.add(new Field("window_end", BIGINT));
        Schema output = new Schema(fields);
        return new OperatorHarness(
                context -> RowWindowOperator.aggregate(size, List.of(0), List.of(STRING), calls, output, context),
                output,
                memory.allocator(),
                cut);
    }

    @Test
    void aWindowLeavesWhenItIsFull() {
        try (OperatorHarness harness = harness(2, Integer.MAX_VALUE, false)) {
            harness.rows(0, INPUT, "a | x\nb | x\na | y\na | z");
            assertThat(harness.takeRows()).containsExactly("+I | a | y | 0 | 2");
            assertThat(harness.end().takeRows()).containsExactlyInAnyOrder("+I | a | z | 2 | 4", "+I | b | x | 0 | 2");
        }
    }

    @Test
    void agreesWithTheDefinitionForAnyBatchCut() {
        for (long seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(5);
            boolean distinct = random.nextBoolean();
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(7);
            Map<String, List<String>> naive = new TreeMap<>();
            try (OperatorHarness harness = harness(size, cut, distinct)) {
                harness.routed(List.of(INPUT), List.of(List.of(0)));
                for (int step = 0; step < 15; step++) {
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(12); i > 0; i--) {
                        String key = "k" + random.nextInt(4);
                        String value = "v" + random.nextInt(3);
                        naive.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
                        text.append(key).append(" | ").append(value).append('\n');
                    }
                    harness.rows(0, INPUT, text.toString());
                    if (random.nextInt(4) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                }
                List<String> expected = new ArrayList<>();
                naive.forEach((key, values) -> {
                    for (int start = 0; start < values.size(); start += size) {
                        List<String> window = values.subList(start, Math.min(values.size(), start + size));
                        expected.add("+I | " + key + " | " + window.get(window.size() - 1) + " | "
                                + (distinct ? new TreeSet<>(window).size() + " | " : "") + start + " | "
                                + (start + size));
                    }
                });
                assertThat(harness.end().takeRows()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }
}
