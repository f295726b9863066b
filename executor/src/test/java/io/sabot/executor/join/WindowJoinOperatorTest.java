package io.sabot.executor.join;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.executor.window.WindowTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WindowJoinOperatorTest {
    /** The second column is the window's end. */
    private static final Schema LEFT = Schema.of(new Field("lk", BIGINT), new Field("lend", BIGINT));

    private static final Schema RIGHT = Schema.of(new Field("rk", BIGINT), new Field("rend", BIGINT));
    private static final List<JoinType> TYPES = Arrays.stream(JoinType.values())
            .filter(type -> type != JoinType.MARK)
            .toList();

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(JoinType type, int cut) {
        JoinSpec spec = new JoinSpec(type, LEFT, RIGHT, List.of(0), List.of(0), List.of(false), JoinCondition.NONE);
        WindowTime time = new WindowTime(WindowTime.Carries.WINDOW_END, 1, TimeDomain.EVENT, ZoneOffset.UTC, 0);
        return new OperatorHarness(
                context -> new WindowJoinOperator(spec, 1, 1, time, context), spec.output(), memory.allocator(), cut);
    }

    @Test
    void joinsWhenTheWindowCloses() {
        try (OperatorHarness harness = harness(JoinType.FULL, Integer.MAX_VALUE)) {
            harness.rows(0, LEFT, "1 | 10\n2 | 10\n1 | 20");
            harness.rows(1, RIGHT, "1 | 10\n3 | 10\n1 | 10");
            assertThat(harness.take()).isEmpty();
            assertThat(harness.watermark(9).takeRows())
                    .containsExactlyInAnyOrder(
                            "+I | 1 | 10 | 1 | 10",
                            "+I | 1 | 10 | 1 | 10",
                            "+I | 2 | 10 | NULL | NULL",
                            "+I | NULL | NULL | 3 | 10");
            harness.rows(1, RIGHT, "2 | 10");
            assertThat(harness.counter("late_rows")).isEqualTo(1);
            assertThat(harness.end().takeRows()).containsExactly("+I | 1 | 20 | NULL | NULL");
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void agreesWithTheDefinition() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            JoinType type = TYPES.get(random.nextInt(TYPES.size()));
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            List<List<NaiveJoin.Row>> sides = List.of(new ArrayList<>(), new ArrayList<>());
            long late = 0;
            try (OperatorHarness harness = harness(type, cut)) {
                harness.routed(List.of(LEFT, RIGHT), List.of(List.of(0), List.of(0)));
                long watermark = -1;
                harness.watermark(watermark);
                for (int step = 0; step < 20; step++) {
                    int side = random.nextInt(2);
                    if (random.nextInt(8) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        NaiveJoin.Row row = new NaiveJoin.Row(
                                random.nextInt(6) == 0 ? null : (long) random.nextInt(3),
                                10 * Math.floorDiv(watermark + random.nextInt(30), 10L) + 10);
                        if (row.value() - 1 <= watermark) {
                            late++;
                        } else {
                            sides.get(side).add(row);
                        }
                        text.append(row.text()).append('\n');
                    }
                    harness.rows(side, side == 0 ? LEFT : RIGHT, text.toString());
                    watermark += random.nextInt(6);
                    harness.watermark(watermark);
                }
                harness.end();
                String shown = "seed " + seed + " " + type + " cut " + cut;
                assertThat(new Changelog().apply(harness.takeRows()).rows())
                        .as(shown)
                        .isEqualTo(NaiveJoin.rows(
                                type, sides.get(0), sides.get(1), false, (l, r) -> l.value() == r.value()));
                assertThat(harness.counter("late_rows")).as(shown).isEqualTo(late);
                assertThat(harness.state().size()).as(shown).isZero();
            }
        }
    }
}
