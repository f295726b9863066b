package io.sabot.executor.join;

import static io.sabot.catalog.type.AtomicType.BIGINT;
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

final class AppendJoinOperatorTest {
    private static final Schema LEFT = Schema.of(new Field("lk", BIGINT), new Field("a", BIGINT));
    private static final Schema RIGHT = Schema.of(new Field("rk", BIGINT), new Field("b", BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void agreesWithTheDefinitionAfterEveryBatch() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            boolean nullSafe = random.nextBoolean();
            boolean condition = random.nextBoolean();
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5);
            String shown = "seed " + seed + " safe " + nullSafe + " condition " + condition + " cut " + cut;
            JoinSpec spec = new JoinSpec(
                    JoinType.INNER,
                    LEFT,
                    RIGHT,
                    List.of(0),
                    List.of(0),
                    List.of(nullSafe),
                    condition ? RegularJoinOperatorTest::leftIsLess : JoinCondition.NONE);
            List<List<NaiveJoin.Row>> sides = List.of(new ArrayList<>(), new ArrayList<>());
            Changelog changelog = new Changelog();
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new AppendJoinOperator(spec, context), spec.output(), memory.allocator(), cut)) {
                harness.routed(List.of(LEFT, RIGHT), List.of(List.of(0), List.of(0)));
                for (int step = 0; step < 16; step++) {
                    if (random.nextInt(6) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    int side = random.nextInt(2);
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = 1 + random.nextInt(8); i < n; i++) {
                        Long key = random.nextInt(6) == 0 ? null : (long) random.nextInt(3);
                        NaiveJoin.Row row = new NaiveJoin.Row(key, random.nextInt(4));
                        sides.get(side).add(row);
                        text.append(row.text()).append('\n');
                    }
                    harness.rows(side, spec.side(side), text.toString());
                    assertThat(changelog.apply(harness.takeRows()).rows())
                            .as(shown)
                            .isEqualTo(NaiveJoin.rows(
                                    JoinType.INNER,
                                    sides.get(0),
                                    sides.get(1),
                                    nullSafe,
                                    (l, r) -> !condition || l.value() < r.value()));
                }
            }
        }
    }
}
