package io.sabot.executor.join;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class IntervalJoinOperatorTest {
    private static final Schema LEFT = Schema.of(new Field("lk", BIGINT), new Field("lt", BIGINT));
    private static final Schema RIGHT = Schema.of(new Field("rk", BIGINT), new Field("rt", BIGINT));
    private static final List<JoinType> TYPES = Arrays.stream(JoinType.values())
            .filter(type -> type != JoinType.MARK)
            .toList();

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(JoinType type, long lower, long upper, boolean condition, int cut) {
        return harness(type, TimeDomain.EVENT, lower, upper, condition, cut);
    }

    private OperatorHarness harness(
            JoinType type, TimeDomain domain, long lower, long upper, boolean condition, int cut) {
        JoinSpec spec = new JoinSpec(
                type,
                LEFT,
                RIGHT,
                List.of(0),
                List.of(0),
                List.of(false),
                condition ? RegularJoinOperatorTest::leftIsLess : JoinCondition.NONE);
        IntervalBounds bounds = new IntervalBounds(lower, upper, 0, 0);
        return new OperatorHarness(
                context -> new IntervalJoinOperator(spec, 1, 1, domain, bounds, context),
                spec.output(),
                memory.allocator(),
                cut);
    }

    @Test
    void bothBoundsAreInclusive() {
        try (OperatorHarness harness = harness(JoinType.INNER, -2, 3, false, Integer.MAX_VALUE)) {
            harness.rows(1, RIGHT, "1 | 10").rows(0, LEFT, "1 | 7\n1 | 8\n1 | 13\n1 | 14\n2 | 10");
            assertThat(harness.take()).containsExactly("+I | 1 | 8 | 1 | 10", "+I | 1 | 13 | 1 | 10");
        }
    }

    @Test
    void aRowWithoutPartnerLeavesWhenNoneCanCome() {
        try (OperatorHarness harness = harness(JoinType.LEFT, -5, 5, false, Integer.MAX_VALUE)) {
            harness.rows(0, LEFT, "1 | 10\n1 | 20\nNULL | 10");
            assertThat(harness.take()).containsExactly("+I | NULL | 10 | NULL | NULL");
            harness.rows(1, RIGHT, "1 | 25");
            assertThat(harness.take()).containsExactly("+I | 1 | 20 | 1 | 25");
            assertThat(harness.watermark(14).take()).containsExactly("W 14");
            assertThat(harness.watermark(15).take()).containsExactly("+I | 1 | 10 | NULL | NULL", "W 15");
            harness.rows(0, LEFT, "1 | 9");
            assertThat(harness.take()).containsExactly("+I | 1 | 9 | NULL | NULL");
            harness.rows(0, LEFT, "1 | 22\n1 | 11");
            assertThat(harness.take()).containsExactly("+I | 1 | 22 | 1 | 25");
            assertThat(harness.end().take()).containsExactly("+I | 1 | 11 | NULL | NULL", "W END");
            assertThat(harness.state().size()).isZero();
        }
    }

    private static TimeDomain other(TimeDomain domain) {
        return domain == TimeDomain.EVENT ? TimeDomain.PROCESSING : TimeDomain.EVENT;
    }

    private static void advance(OperatorHarness harness, TimeDomain domain, long millis) {
        if (domain == TimeDomain.EVENT) {
            harness.watermark(millis);
        } else {
            harness.processingTime(millis);
        }
    }

    @Test
    void theClockCleansWhatIsJoinedByProcessingTime() {
        try (OperatorHarness harness = harness(JoinType.FULL, TimeDomain.PROCESSING, -5, 5, false, Integer.MAX_VALUE)) {
            harness.rows(0, LEFT, "1 | 10\n1 | 20").rows(1, RIGHT, "1 | 15\n2 | 15");
            assertThat(harness.take()).containsExactlyInAnyOrder("+I | 1 | 10 | 1 | 15", "+I | 1 | 20 | 1 | 15");
            assertThat(harness.watermark(1000).take()).containsExactly("W 1000");
            assertThat(harness.processingTime(19).restart().take()).containsExactly("W 19");
            harness.processingTime(20);
            assertThat(harness.take()).containsExactly("+I | NULL | NULL | 2 | 15", "W 20");
            harness.processingTime(26);
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void agreesWithTheDefinitionWhenAllRowsAreInTime() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            JoinType type = TYPES.get(random.nextInt(TYPES.size()));
            long lower = random.nextInt(21) - 10L;
            long upper = lower + random.nextInt(12);
            boolean condition = random.nextInt(3) == 0;
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            TimeDomain domain = random.nextBoolean() ? TimeDomain.EVENT : TimeDomain.PROCESSING;
            String shown = "seed " + seed + " " + domain + " " + type + " " + lower + " to " + upper + " " + condition
                    + " cut " + cut;
            List<List<NaiveJoin.Row>> sides = List.of(new ArrayList<>(), new ArrayList<>());
            try (OperatorHarness harness = harness(type, domain, lower, upper, condition, cut)) {
                harness.routed(List.of(LEFT, RIGHT), List.of(List.of(0), List.of(0)));
                long watermark = -1;
                for (int step = 0; step < 25; step++) {
                    int side = random.nextInt(2);
                    if (random.nextInt(8) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        NaiveJoin.Row row = new NaiveJoin.Row(
                                random.nextInt(6) == 0 ? null : (long) random.nextInt(3),
                                watermark + 1 + random.nextInt(12));
                        sides.get(side).add(row);
                        text.append(row.text()).append('\n');
                    }
                    harness.rows(side, side == 0 ? LEFT : RIGHT, text.toString());
                    if (random.nextInt(3) == 0) {
                        watermark += random.nextInt(6);
                        advance(harness, domain, watermark);
                        advance(harness, other(domain), watermark * 3);
                    }
                }
                harness.end();
                assertThat(new Changelog().apply(harness.takeRows()).rows())
                        .as(shown)
                        .isEqualTo(NaiveJoin.rows(type, sides.get(0), sides.get(1), false, (l, r) -> {
                            long difference = l.value() - r.value();
                            boolean close = lower <= difference && difference <= upper;
                            return close && (!condition || l.value() < r.value());
                        }));
                assertThat(harness.state().size()).as(shown).isZero();
            }
        }
    }
}
