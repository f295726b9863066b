package io.sabot.executor.window;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.BOOLEAN;
import static io.sabot.catalog.type.AtomicType.INT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.ChainedOperator;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.executor.operator.OperatorOpener;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WindowAggregateOperatorTest {
    private static final AtomicType TS = AtomicType.timestamp(3);
    /** k, v, ts, keep */
    private static final Schema INPUT =
            Schema.of(new Field("k", STRING), new Field("v", INT), new Field("ts", TS), new Field("keep", BOOLEAN));

    private static final Schema OUTPUT = Schema.of(
            new Field("k", STRING),
            new Field("n", BIGINT),
            new Field("s", INT),
            new Field("lo", INT),
            new Field("hi", INT),
            new Field("f", BIGINT),
            new Field("window_start", BIGINT),
            new Field("window_end", BIGINT),
            new Field("window_time", BIGINT));
    private static final Schema PARTIAL = Schema.of(
            new Field("k", STRING),
            new Field("n", BIGINT),
            new Field("s", BIGINT),
            new Field("sn", BIGINT),
            new Field("lo", INT),
            new Field("hi", INT),
            new Field("f", BIGINT),
            new Field("rows", BIGINT),
            new Field("pane", BIGINT));
    private static final List<AggregateSpec> CALLS = List.of(
            AggregateSpec.of(AggregateFunction.COUNT, List.of(), List.of(), BIGINT),
            AggregateSpec.of(AggregateFunction.SUM, List.of(1), List.of(INT), INT),
            AggregateSpec.of(AggregateFunction.MIN, List.of(1), List.of(INT), INT),
            AggregateSpec.of(AggregateFunction.MAX, List.of(1), List.of(INT), INT),
            new AggregateSpec(AggregateFunction.COUNT, false, List.of(1), List.of(INT), 3, BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private static WindowAggregateSpec spec(Windows windows, List<AggregateSpec> calls, Schema output) {
        return new WindowAggregateSpec(
                windows,
                new WindowTime(WindowTime.Carries.ROW_TIME, 2, TimeDomain.EVENT, ZoneOffset.UTC, 0),
                List.of(0),
                List.of(STRING),
                calls,
                List.of(WindowColumn.START, WindowColumn.END, WindowColumn.TIME),
                false,
                output);
    }

    private static OperatorOpener twoPhases(Windows windows) {
        WindowAggregateSpec local = spec(windows, CALLS, PARTIAL);
        WindowAggregateSpec global = new WindowAggregateSpec(
                windows,
                new WindowTime(WindowTime.Carries.PANE_END, 8, TimeDomain.EVENT, ZoneOffset.UTC, 0),
                List.of(0),
                List.of(STRING),
                CALLS,
                local.columns(),
                false,
                OUTPUT);
        return context -> new ChainedOperator(
                own -> new LocalWindowAggregateOperator(local, own),
                own -> new WindowAggregateOperator(global, true, own),
                context);
    }

    @Test
    void firesWhenTheWatermarkPassesTheLastMillisecond() {
        Windows windows = Windows.tumble(10, 0);
        try (OperatorHarness harness = new OperatorHarness(
                context -> new WindowAggregateOperator(spec(windows, CALLS, OUTPUT), false, context),
                OUTPUT,
                memory.allocator())) {
            harness.rows(0, INPUT, """
                    a    | 1    | 0  | true
                    b    | 7    | 9  | false
                    a    | NULL | 3  | true
                    NULL | 5    | 10 | true
                    a    | 4    | -1 | NULL
                    a    | 4    | 9  | NULL
                    """);
            assertThat(harness.watermark(8).take()).containsExactly("+I | a | 1 | 4 | 4 | 4 | 0 | -10 | 0 | -1", "W 8");
            assertThat(harness.watermark(9).take())
                    .containsExactlyInAnyOrder(
                            "+I | a | 3 | 5 | 1 | 4 | 1 | 0 | 10 | 9",
                            "+I | b | 1 | 7 | 7 | 7 | 0 | 0 | 10 | 9",
                            "W 9");
            harness.rows(0, INPUT, "a | 1 | 9 | true");
            harness.rows(0, INPUT, "a | 1 | 15 | true", 19);
            assertThat(harness.counter("late_rows")).isEqualTo(2);
            assertThat(harness.end().take()).containsExactly("+I | NULL | 1 | 5 | 5 | 5 | 1 | 10 | 20 | 19", "W END");
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void cumulateEmitsEveryStepAlsoWhenNothingNewArrived() {
        Windows windows = Windows.cumulate(2, 6, 0);
        try (OperatorHarness harness = new OperatorHarness(
                context -> new WindowAggregateOperator(spec(windows, CALLS, OUTPUT), false, context),
                OUTPUT,
                memory.allocator())) {
            harness.rows(0, INPUT, "a | 1 | 0 | true").watermark(20);
            assertThat(harness.take())
                    .containsExactly(
                            "+I | a | 1 | 1 | 1 | 1 | 1 | 0 | 2 | 1",
                            "+I | a | 1 | 1 | 1 | 1 | 1 | 0 | 4 | 3",
                            "+I | a | 1 | 1 | 1 | 1 | 1 | 0 | 6 | 5",
                            "W 20");
        }
    }

    @Test
    void aRowThatIsLateForSomeWindowsCountsInTheOthers() {
        Windows windows = Windows.hop(5, 10, 0);
        List<OperatorOpener> operators = List.of(
                context -> new WindowAggregateOperator(spec(windows, CALLS, OUTPUT), false, context),
                twoPhases(windows));
        for (OperatorOpener operator : operators) {
            try (OperatorHarness harness = new OperatorHarness(operator, OUTPUT, memory.allocator())) {
                harness.rows(0, INPUT, "a | 1 | 7 | true");
                harness.rows(0, INPUT, "a | 2 | 7 | true", 12);
                assertThat(harness.end().takeRows())
                        .containsExactly(
                                "+I | a | 1 | 1 | 1 | 1 | 1 | 0 | 10 | 9", "+I | a | 2 | 3 | 1 | 2 | 2 | 5 | 15 | 14");
                assertThat(harness.counter("late_rows")).isZero();
            }
        }
    }

    @Test
    void retractedWindowsAreNotPutOut() {
        WindowAggregateSpec append = spec(Windows.tumble(10, 0), CALLS.subList(0, 2), OUTPUT.select(0, 1, 2, 6, 7, 8));
        WindowAggregateSpec retracting = new WindowAggregateSpec(
                append.windows(),
                append.time(),
                append.keys(),
                append.keyTypes(),
                append.aggregates(),
                append.columns(),
                true,
                append.output());
        try (OperatorHarness harness = new OperatorHarness(
                context -> new WindowAggregateOperator(retracting, false, context),
                append.output(),
                memory.allocator())) {
            harness.rows(0, INPUT, """
                    +I | a | 1 | 1 | true
                    +I | b | 1 | 1 | true
                    -U | a | 1 | 2 | true
                    +U | b | 5 | 3 | true
                    """);
            assertThat(harness.end().takeRows()).containsExactly("+I | b | 2 | 6 | 0 | 10 | 9");
        }
    }

    @Test
    void daysFollowTheZone() {
        ZoneId zone = ZoneId.of("America/Los_Angeles");
        WindowAggregateSpec utc =
                spec(Windows.tumble(86_400_000, 0), CALLS.subList(0, 1), OUTPUT.select(0, 1, 6, 7, 8));
        WindowAggregateSpec days = new WindowAggregateSpec(
                utc.windows(),
                new WindowTime(WindowTime.Carries.ROW_TIME, 2, TimeDomain.EVENT, zone, 0),
                utc.keys(),
                utc.keyTypes(),
                utc.aggregates(),
                utc.columns(),
                false,
                utc.output());
        long midnight = 1_636_268_400_000L; // 2021-11-07 00:00 there, a day of 25 hours
        try (OperatorHarness harness = new OperatorHarness(
                context -> new WindowAggregateOperator(days, false, context), utc.output(), memory.allocator())) {
            harness.rows(0, INPUT, "a | 1 | " + midnight + " | true");
            harness.rows(0, INPUT, "a | 1 | " + (midnight + 25 * 3_600_000L - 1) + " | true");
            assertThat(harness.watermark(midnight + 25 * 3_600_000L - 2).takeRows())
                    .isEmpty();
            long local = midnight - 7 * 3_600_000L;
            assertThat(harness.watermark(midnight + 25 * 3_600_000L - 1).takeRows())
                    .containsExactly("+I | a | 2 | " + local + " | " + (local + 86_400_000L) + " | "
                            + (midnight + 25 * 3_600_000L - 1));
        }
    }

    @Test
    void processingTimeComesFromWatermarks() {
        WindowAggregateSpec event = spec(Windows.tumble(10, 0), CALLS.subList(0, 1), OUTPUT.select(0, 1, 6, 7, 8));
        WindowAggregateSpec processing = new WindowAggregateSpec(
                event.windows(),
                new WindowTime(WindowTime.Carries.ROW_TIME, -1, TimeDomain.PROCESSING, ZoneOffset.UTC, 0),
                event.keys(),
                event.keyTypes(),
                event.aggregates(),
                event.columns(),
                false,
                event.output());
        try (OperatorHarness harness = new OperatorHarness(
                context -> new WindowAggregateOperator(processing, false, context),
                event.output(),
                memory.allocator())) {
            harness.processingTime(3).rows(0, INPUT, "a | 1 | NULL | true").processingTime(8);
            harness.rows(0, INPUT, "a | 1 | 0 | true");
            assertThat(harness.takeRows()).isEmpty();
            assertThat(harness.processingTime(12).takeRows()).containsExactly("+I | a | 2 | 0 | 10 | 9");
            harness.rows(0, INPUT, "b | 1 | 0 | true");
            assertThat(harness.end().takeRows()).containsExactly("+I | b | 1 | 10 | 20 | 19");
        }
    }

    @Test
    void aLocalPhaseOfProcessingTimeIsNeverLate() {
        Schema output = OUTPUT.select(0, 1, 6, 7, 8);
        List<AggregateSpec> calls = CALLS.subList(0, 1);
        WindowAggregateSpec global = new WindowAggregateSpec(
                Windows.tumble(10, 3),
                new WindowTime(WindowTime.Carries.PANE_END, 3, TimeDomain.PROCESSING, ZoneOffset.UTC, 0),
                List.of(0),
                List.of(STRING),
                calls,
                List.of(WindowColumn.START, WindowColumn.END, WindowColumn.PROCTIME),
                false,
                output);
        Schema partial = Schema.of(
                new Field("k", STRING), new Field("n", BIGINT), new Field("rows", BIGINT), new Field("pane", BIGINT));
        try (OperatorHarness harness = new OperatorHarness(
                context -> new WindowAggregateOperator(global, true, context), output, memory.allocator())) {
            harness.processingTime(30).rows(0, partial, "a | 2 | 2 | 13\na | 1 | 1 | 33");
            assertThat(harness.processingTime(40).takeRows()).containsExactly("+I | a | 3 | 23 | 33 | 32");
        }
    }

    @Test
    void rowsMayCarryTheirWindows() {
        Schema input = Schema.of(new Field("k", STRING), new Field("window_end", TS));
        Schema output = OUTPUT.select(0, 1, 7, 8);
        WindowAggregateSpec spec = new WindowAggregateSpec(
                Windows.attached(),
                new WindowTime(WindowTime.Carries.WINDOW_END, 1, TimeDomain.EVENT, ZoneOffset.UTC, 0),
                List.of(0),
                List.of(STRING),
                CALLS.subList(0, 1),
                List.of(WindowColumn.END, WindowColumn.TIME),
                false,
                output);
        try (OperatorHarness harness = new OperatorHarness(
                context -> new WindowAggregateOperator(spec, false, context), output, memory.allocator())) {
            harness.rows(0, input, "a | 10\na | 20\nb | 20\na | 10").watermark(9);
            assertThat(harness.take()).containsExactly("+I | a | 2 | 10 | 9", "W 9");
            harness.rows(0, input, "a | 10\na | 20");
            assertThat(harness.counter("late_rows")).isEqualTo(1);
            assertThat(harness.end().takeRows())
                    .containsExactlyInAnyOrder("+I | a | 2 | 20 | 19", "+I | b | 1 | 20 | 19");
        }
    }

    @Test
    void valuesAreKeptPerWindowWhereTheyCannotBeMerged() {
        List<AggregateSpec> calls = List.of(
                new AggregateSpec(AggregateFunction.COUNT, true, List.of(1), List.of(INT), -1, BIGINT),
                AggregateSpec.of(AggregateFunction.MAX, List.of(1), List.of(INT), INT),
                AggregateSpec.of(AggregateFunction.MIN, List.of(1), List.of(INT), INT));
        Schema output = Schema.of(
                new Field("k", STRING),
                new Field("d", BIGINT),
                new Field("hi", INT),
                new Field("lo", INT),
                new Field("window_start", BIGINT),
                new Field("window_end", BIGINT));
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Windows windows = random.nextBoolean() ? Windows.hop(2, 6, 1) : Windows.cumulate(2, 6, 0);
            WindowAggregateSpec spec = new WindowAggregateSpec(
                    windows,
                    new WindowTime(WindowTime.Carries.ROW_TIME, 2, TimeDomain.EVENT, ZoneOffset.UTC, 0),
                    List.of(0),
                    List.of(STRING),
                    calls,
                    List.of(WindowColumn.START, WindowColumn.END),
                    true,
                    output);
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(7);
            TreeMap<String, List<Integer>> expected = new TreeMap<>();
            List<Row> rows = new ArrayList<>();
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new WindowAggregateOperator(spec, false, context), output, memory.allocator(), cut)) {
                harness.routed(List.of(INPUT), List.of(List.of(0)));
                for (int step = 0; step < 60; step++) {
                    boolean delete = !rows.isEmpty() && random.nextInt(3) == 0;
                    Row row = delete
                            ? rows.remove(random.nextInt(rows.size()))
                            : new Row("k" + random.nextInt(2), random.nextInt(5), random.nextInt(12), null);
                    if (!delete) {
                        rows.add(row);
                    }
                    harness.rows(
                            0, INPUT, (delete ? "-D | " : "+I | ") + row.text().replace("null", "NULL"));
                    if (random.nextInt(15) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                }
                for (Row row : rows) {
                    long pane = windows.paneEnd(row.time);
                    for (long end = windows.firstWindowEnd(pane);
                            end <= windows.lastWindowEnd(pane);
                            end += windows.step()) {
                        expected.computeIfAbsent(row.key + "/" + end, k -> new ArrayList<>())
                                .add(Objects.requireNonNull(row.value));
                    }
                }
                List<String> lines = new ArrayList<>();
                expected.forEach((key, values) -> {
                    long end = Long.parseLong(key.substring(3));
                    lines.add("+I | " + key.substring(0, 2) + " | "
                            + values.stream().distinct().count() + " | "
                            + values.stream().mapToInt(v -> v).max().orElseThrow() + " | "
                            + values.stream().mapToInt(v -> v).min().orElseThrow() + " | "
                            + windows.windowStart(end) + " | " + end);
                });
                lines.sort(null);
                assertThat(harness.end().takeRows().stream().sorted().toList())
                        .as("seed " + seed)
                        .isEqualTo(lines);
                assertThat(harness.state().size()).as("seed " + seed).isZero();
            }
        }
    }

    // ---- property

    private record Row(
            @Nullable String key,
            @Nullable Integer value,
            long time,
            @Nullable Boolean keep) {
        String text() {
            return key + " | " + value + " | " + time + " | " + keep;
        }
    }

    private static final class Naive {
        final Windows windows;
        final TreeMap<String, List<Row>> groups = new TreeMap<>();
        long late;

        Naive(Windows windows) {
            this.windows = windows;
        }

        void add(Row row, long over) {
            long pane = windows.paneEnd(row.time);
            boolean any = false;
            boolean taken = false;
            for (long end = windows.firstWindowEnd(pane); end <= windows.lastWindowEnd(pane); end += windows.step()) {
                any = true;
                if (end - 1 > over) {
                    taken = true;
                    groups.computeIfAbsent(end + "/" + row.key, k -> new ArrayList<>())
                            .add(row);
                }
            }
            late += any && !taken ? 1 : 0;
        }

        List<String> rows() {
            List<String> rows = new ArrayList<>();
            for (Map.Entry<String, List<Row>> group : groups.entrySet()) {
                long end = Long.parseLong(
                        group.getKey().substring(0, group.getKey().indexOf('/')));
                List<Integer> values = group.getValue().stream()
                        .map(Row::value)
                        .filter(Objects::nonNull)
                        .toList();
                boolean none = values.isEmpty();
                rows.add("+I | " + group.getValue().get(0).key
                        + " | " + group.getValue().size()
                        + " | "
                        + (none ? "NULL" : values.stream().mapToInt(v -> v).sum())
                        + " | "
                        + (none
                                ? "NULL"
                                : values.stream().mapToInt(v -> v).min().getAsInt())
                        + " | "
                        + (none
                                ? "NULL"
                                : values.stream().mapToInt(v -> v).max().getAsInt())
                        + " | "
                        + group.getValue().stream()
                                .filter(row -> row.value != null && Boolean.TRUE.equals(row.keep))
                                .count()
                        + " | " + windows.windowStart(end) + " | " + end + " | " + (end - 1));
            }
            rows.replaceAll(row -> row.replace("null", "NULL"));
            rows.sort(null);
            return rows;
        }
    }

    @Test
    void agreesWithTheDefinitionForAnyBatchCut() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            long step = 1L + random.nextInt(8);
            Windows windows = switch (random.nextInt(4)) {
                case 0 -> Windows.tumble(step, random.nextInt(5));
                case 1 -> Windows.hop(step, step * (1 + random.nextInt(4)), random.nextInt(5));
                case 2 -> Windows.hop(step, 1 + random.nextInt(20), random.nextInt(5));
                default -> Windows.cumulate(step, step * (1 + random.nextInt(4)), random.nextInt(5));
            };
            boolean phases = random.nextBoolean();
            OperatorOpener operator = phases
                    ? twoPhases(windows)
                    : context -> new WindowAggregateOperator(spec(windows, CALLS, OUTPUT), false, context);
            Naive naive = new Naive(windows);
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(7);
            try (OperatorHarness harness = new OperatorHarness(operator, OUTPUT, memory.allocator(), cut)) {
                harness.routed(List.of(INPUT), List.of(List.of(0)));
                drive(random, harness, naive);
                harness.end();
                String shown = "seed " + seed + " " + windows + " phases " + phases + " cut " + cut;
                assertThat(harness.takeRows().stream().sorted().toList())
                        .as(shown)
                        .isEqualTo(naive.rows());
                assertThat(harness.counter("late_rows")).as(shown).isEqualTo(naive.late);
                assertThat(harness.state().size()).as(shown).isZero();
            }
        }
    }

    private static void drive(Random random, OperatorHarness harness, Naive naive) {
        long watermark = Long.MIN_VALUE;
        long now = -20;
        for (int step = 0; step < 30; step++) {
            long lateBefore = random.nextInt(3) == 0 ? now - random.nextInt(6) : Long.MIN_VALUE;
            StringBuilder text = new StringBuilder();
            int rows = 1 + random.nextInt(20);
            for (int i = 0; i < rows; i++) {
                Row row = new Row(
                        random.nextInt(6) == 0 ? null : "k" + random.nextInt(3),
                        random.nextInt(6) == 0 ? null : random.nextInt(100) - 50,
                        now + random.nextInt(24) - 12,
                        random.nextInt(3) == 0 ? null : random.nextBoolean());
                text.append(row.text().replace("null", "NULL")).append('\n');
                naive.add(row, Math.max(lateBefore, watermark));
            }
            harness.rows(0, INPUT, text.toString(), lateBefore);
            now += random.nextInt(8);
            if (random.nextInt(3) == 0) {
                watermark = Math.max(watermark, now - 4 - random.nextInt(5));
                harness.watermark(watermark);
            }
            if (random.nextInt(5) == 0) {
                harness.barrier();
            }
            if (random.nextInt(8) == 0) {
                harness.restart(1 + random.nextInt(3));
            }
        }
    }
}
