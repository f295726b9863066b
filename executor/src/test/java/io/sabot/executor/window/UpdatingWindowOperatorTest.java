package io.sabot.executor.window;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpdatingWindowOperatorTest {
    private static final Schema INPUT =
            Schema.of(new Field("k", STRING), new Field("v", STRING), new Field("ts", AtomicType.timestamp(3)));
    private static final Schema OUTPUT = Schema.of(
            new Field("k", STRING),
            new Field("n", BIGINT),
            new Field("hi", STRING),
            new Field("d", BIGINT),
            new Field("window_end", BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(Windows windows, long lateness, long early, int cut) {
        WindowAggregateSpec spec = new WindowAggregateSpec(
                windows,
                new WindowTime(WindowTime.Carries.ROW_TIME, 2, TimeDomain.EVENT, ZoneOffset.UTC, 0),
                List.of(0),
                List.of(STRING),
                List.of(
                        AggregateSpec.of(AggregateFunction.COUNT, List.of(), List.of(), BIGINT),
                        AggregateSpec.of(AggregateFunction.MAX, List.of(1), List.of(STRING), STRING),
                        new AggregateSpec(AggregateFunction.COUNT, true, List.of(1), List.of(STRING), -1, BIGINT)),
                List.of(WindowColumn.END),
                false,
                OUTPUT);
        return new OperatorHarness(
                context -> new UpdatingWindowOperator(spec, lateness, early, context), OUTPUT, memory.allocator(), cut);
    }

    @Test
    void aLateRowChangesAResult() {
        try (OperatorHarness harness = harness(Windows.tumble(10, 0), 20, 0, Integer.MAX_VALUE)) {
            harness.rows(0, INPUT, "a | x | 1\na | y | 12");
            assertThat(harness.watermark(9).takeRows()).containsExactly("+I | a | 1 | x | 1 | 10");
            harness.rows(0, INPUT, "a | z | 3\nb | z | 4");
            assertThat(harness.takeRows())
                    .containsExactly("-U | a | 1 | x | 1 | 10", "+U | a | 2 | z | 2 | 10", "+I | b | 1 | z | 1 | 10");
            assertThat(harness.watermark(29).takeRows()).containsExactly("+I | a | 1 | y | 1 | 20");
            harness.rows(0, INPUT, "a | q | 5");
            assertThat(harness.takeRows()).isEmpty();
            assertThat(harness.counter("late_rows")).isEqualTo(1);
        }
    }

    @Test
    void windowsAreShownBeforeTheirEnd() {
        try (OperatorHarness harness = harness(Windows.tumble(10, 0), 0, 1000, Integer.MAX_VALUE)) {
            harness.processingTime(100);
            harness.rows(0, INPUT, "a | x | 1");
            assertThat(harness.processingTime(900).takeRows()).isEmpty();
            assertThat(harness.processingTime(1000).takeRows()).containsExactly("+I | a | 1 | x | 1 | 10");
            assertThat(harness.processingTime(2500).takeRows()).isEmpty();
            harness.rows(0, INPUT, "a | y | 2");
            assertThat(harness.processingTime(3000).takeRows())
                    .containsExactly("-U | a | 1 | x | 1 | 10", "+U | a | 2 | y | 2 | 10");
            assertThat(harness.watermark(9).takeRows()).isEmpty();
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void changesAddUpToTheDefinition() {
        for (long seed = 0; seed < 120; seed++) {
            Random random = new Random(seed);
            Windows windows = random.nextBoolean() ? Windows.tumble(10, 3) : Windows.hop(4, 12, 0);
            long lateness = random.nextInt(25);
            long early = random.nextBoolean() ? 0 : 10;
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(7);
            Map<String, TreeMap<Long, List<String>>> naive = new TreeMap<>();
            Changelog changelog = new Changelog();
            try (OperatorHarness harness = harness(windows, lateness, early, cut)) {
                harness.routed(List.of(INPUT), List.of(List.of(0)));
                long watermark = Long.MIN_VALUE / 2;
                long now = 0;
                for (int step = 0; step < 25; step++) {
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(9); i > 0; i--) {
                        String key = "k" + random.nextInt(3);
                        String value = "v" + random.nextInt(4);
                        long time = now + random.nextInt(40) - 30;
                        text.append(key)
                                .append(" | ")
                                .append(value)
                                .append(" | ")
                                .append(time)
                                .append('\n');
                        long pane = windows.paneEnd(time);
                        for (long end = windows.firstWindowEnd(pane);
                                end <= windows.lastWindowEnd(pane);
                                end += windows.step()) {
                            if (end - 1 > watermark - lateness) {
                                naive.computeIfAbsent(key, k -> new TreeMap<>())
                                        .computeIfAbsent(end, e -> new ArrayList<>())
                                        .add(value);
                            }
                        }
                    }
                    harness.rows(0, INPUT, text.toString());
                    now += random.nextInt(10);
                    if (random.nextInt(6) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    if (random.nextInt(3) == 0) {
                        watermark = Math.max(watermark, now - random.nextInt(12));
                        harness.watermark(watermark);
                    }
                    harness.processingTime(step * 5L);
                    changelog.apply(harness.takeRows());
                }
                List<String> expected = naive.entrySet().stream()
                        .flatMap(key -> key.getValue().entrySet().stream()
                                .map(window ->
                                        key.getKey() + " | " + window.getValue().size() + " | "
                                                + new TreeSet<>(window.getValue()).last() + " | "
                                                + new TreeSet<>(window.getValue()).size() + " | " + window.getKey()))
                        .sorted()
                        .toList();
                assertThat(changelog.apply(harness.end().takeRows()).rows().stream()
                                .sorted()
                                .toList())
                        .as("seed " + seed)
                        .isEqualTo(expected);
                assertThat(harness.state().size()).isZero();
            }
        }
    }
}
