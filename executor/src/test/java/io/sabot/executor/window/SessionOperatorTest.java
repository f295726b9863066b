package io.sabot.executor.window;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.OperatorHarness;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SessionOperatorTest {
    private static final Schema INPUT =
            Schema.of(new Field("k", STRING), new Field("v", STRING), new Field("ts", BIGINT));
    private static final Schema OUTPUT = Schema.of(
            new Field("k", STRING),
            new Field("n", BIGINT),
            new Field("hi", STRING),
            new Field("window_start", BIGINT),
            new Field("window_end", BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(long gap, int cut) {
        return harness(gap, cut, false);
    }

    /** @param distinct whether to count different values, too, which sessions cannot merge */
    private OperatorHarness harness(long gap, int cut, boolean distinct) {
        List<AggregateSpec> calls = new ArrayList<>(List.of(
                AggregateSpec.of(AggregateFunction.COUNT, List.of(), List.of(), BIGINT),
                AggregateSpec.of(AggregateFunction.MAX, List.of(1), List.of(STRING), STRING)));
        List<Field> fields = new ArrayList<>(OUTPUT.fields());
        if (distinct) {
            calls.add(new AggregateSpec(AggregateFunction.COUNT, true, List.of(1), List.of(STRING), -1, BIGINT));
            fields.add(3, new Field("d", BIGINT));
        }
        Schema output = new Schema(fields);
        SessionAggregateSpec spec = new SessionAggregateSpec(
                new WindowTime(WindowTime.Carries.ROW_TIME, 2, TimeDomain.EVENT, ZoneOffset.UTC, 0),
                gap,
                List.of(0),
                List.of(STRING),
                calls,
                List.of(WindowColumn.START, WindowColumn.END),
                false,
                output);
        return new OperatorHarness(
                context -> SessionOperator.aggregate(spec, context), output, memory.allocator(), cut);
    }

    @Test
    void sessionsThatTouchAreOne() {
        try (OperatorHarness harness = harness(10, Integer.MAX_VALUE)) {
            harness.rows(0, INPUT, "a | x | 0\na | y | 20\nb | z | 11");
            harness.rows(0, INPUT, "a | q | 10");
            assertThat(harness.watermark(19).takeRows()).isEmpty();
            assertThat(harness.watermark(20).takeRows()).containsExactly("+I | b | 1 | z | 11 | 21");
            assertThat(harness.watermark(29).takeRows()).containsExactly("+I | a | 3 | y | 0 | 30");
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void aLateRowJoinsAnOpenSessionOnly() {
        try (OperatorHarness harness = harness(10, Integer.MAX_VALUE)) {
            harness.rows(0, INPUT, "a | x | 20").watermark(18);
            harness.rows(0, INPUT, "a | y | 8\na | y | 10\na | y | 8");
            assertThat(harness.counter("late_rows")).isEqualTo(1);
            assertThat(harness.end().takeRows()).containsExactly("+I | a | 3 | y | 8 | 30");
        }
    }

    @Test
    void openSessionsOfEqualStartAreMerged() {
        for (boolean distinct : new boolean[] {false, true}) {
            try (OperatorHarness harness = harness(10, Integer.MAX_VALUE, distinct)) {
                harness.rows(0, INPUT, "a | w | 0");
                // for another split the session from 0 to 10 is over: one from 0 to 15 comes about beside it
                harness.rows(0, INPUT, "a | x | 5", 9).rows(0, INPUT, "a | y | 0", 9);
                harness.rows(0, INPUT, "a | z | 8");
                String counts = distinct ? "4 | z | 4" : "4 | z";
                assertThat(harness.end().takeRows()).containsExactly("+I | a | " + counts + " | 0 | 18");
                assertThat(harness.counter("late_rows")).isZero();
                assertThat(harness.state().size()).isZero();
            }
        }
    }

    // ---- property

    private static final class Session {
        final @Nullable String key;
        final List<String> values = new ArrayList<>();
        long start;
        long end;

        Session(@Nullable String key, long start, long end) {
            this.key = key;
            this.start = start;
            this.end = end;
        }

        String text(boolean distinct) {
            long different =
                    values.stream().filter(v -> !v.equals("NULL")).distinct().count();
            String hi = values.stream()
                    .filter(v -> !v.equals("NULL"))
                    .max(Comparator.naturalOrder())
                    .orElse("NULL");
            return "+I | " + (key == null ? "NULL" : key) + " | " + values.size() + " | " + hi + " | "
                    + (distinct ? different + " | " : "") + start + " | " + end;
        }
    }

    /** Row by row, as the definition says. */
    private static final class Naive {
        final long gap;
        final List<Session> sessions = new ArrayList<>();
        final List<String> out = new ArrayList<>();
        long late;

        final boolean distinct;

        Naive(long gap, boolean distinct) {
            this.gap = gap;
            this.distinct = distinct;
        }

        void add(@Nullable String key, String value, long time, long over) {
            Session mine = new Session(key, time, time + gap);
            boolean joined = false;
            for (Session other : List.copyOf(sessions)) {
                boolean open = other.end - 1 > over;
                boolean sameKey = key == null ? other.key == null : key.equals(other.key);
                if (sameKey && open && other.start <= mine.end && mine.start <= other.end) {
                    joined = true;
                }
            }
            if (!joined && mine.end - 1 <= over) {
                late++;
                return;
            }
            for (Session other : List.copyOf(sessions)) {
                boolean open = other.end - 1 > over;
                boolean sameKey = key == null ? other.key == null : key.equals(other.key);
                if (sameKey && open && other.start <= time + gap && time <= other.end) {
                    mine.start = Math.min(mine.start, other.start);
                    mine.end = Math.max(mine.end, other.end);
                    mine.values.addAll(other.values);
                    sessions.remove(other);
                }
            }
            mine.values.add(value);
            sessions.add(mine);
        }

        void fire(long watermark) {
            for (Session session : List.copyOf(sessions)) {
                if (session.end - 1 <= watermark) {
                    out.add(session.text(distinct));
                    sessions.remove(session);
                }
            }
        }
    }

    @Test
    void agreesWithTheDefinitionForAnyBatchCut() {
        agreesWithTheDefinition(200, false);
    }

    @Test
    void distinctValuesAgreeWithTheDefinitionForAnyBatchCut() {
        agreesWithTheDefinition(100, true);
    }

    private void agreesWithTheDefinition(int seeds, boolean distinct) {
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            long gap = 1L + random.nextInt(12);
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(7);
            Naive naive = new Naive(gap, distinct);
            String shown = "seed " + seed + " gap " + gap + " cut " + cut;
            try (OperatorHarness harness = harness(gap, cut, distinct)) {
                harness.routed(List.of(INPUT), List.of(List.of(0)));
                long watermark = Long.MIN_VALUE;
                long now = -20;
                for (int step = 0; step < 25; step++) {
                    long lateBefore = random.nextInt(3) == 0 ? now - random.nextInt(8) : Long.MIN_VALUE;
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(9); i > 0; i--) {
                        String key = random.nextInt(6) == 0 ? null : "k" + random.nextInt(3);
                        String value = random.nextInt(6) == 0 ? "NULL" : "v" + random.nextInt(distinct ? 5 : 100);
                        long time = now + random.nextInt(40) - 20;
                        naive.add(key, value, time, Math.max(lateBefore, watermark));
                        text.append(key == null ? "NULL" : key)
                                .append(" | ")
                                .append(value)
                                .append(" | ")
                                .append(time)
                                .append('\n');
                    }
                    harness.rows(0, INPUT, text.toString(), lateBefore);
                    now += random.nextInt(10);
                    if (random.nextInt(8) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    if (random.nextInt(3) == 0) {
                        watermark = Math.max(watermark, now - random.nextInt(12));
                        harness.watermark(watermark);
                        naive.fire(watermark);
                    }
                }
                harness.end();
                naive.fire(Long.MAX_VALUE);
                assertThat(harness.takeRows().stream().sorted().toList())
                        .as(shown)
                        .isEqualTo(naive.out.stream().sorted().toList());
                assertThat(harness.counter("late_rows")).as(shown).isEqualTo(naive.late);
                assertThat(harness.state().size()).as(shown).isZero();
            }
        }
    }
}
