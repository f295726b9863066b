package io.sabot.executor.join;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RegularJoinOperatorTest {
    private static final Schema LEFT = Schema.of(new Field("lk", BIGINT), new Field("a", BIGINT));
    private static final Schema RIGHT = Schema.of(new Field("rk", BIGINT), new Field("b", BIGINT));

    private static final List<JoinType> TYPES = List.of(JoinType.values());

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    static Selection leftIsLess(Batch joined) {
        int[] rows = new int[joined.rowCount()];
        int count = 0;
        for (int row = 0; row < joined.rowCount(); row++) {
            if (joined.column(1).getLong(row) < joined.column(3).getLong(row)) {
                rows[count++] = row;
            }
        }
        return new Selection(rows, count);
    }

    private static JoinSpec spec(JoinType type, boolean nullSafe, boolean condition) {
        return new JoinSpec(
                type,
                LEFT,
                RIGHT,
                List.of(0),
                List.of(0),
                List.of(nullSafe),
                condition ? RegularJoinOperatorTest::leftIsLess : JoinCondition.NONE);
    }

    private OperatorHarness harness(JoinType type) {
        JoinSpec spec = spec(type, false, false);
        return new OperatorHarness(
                context -> new RegularJoinOperator(spec, false, context), spec.output(), memory.allocator());
    }

    @Test
    void aRowThatFindsItsMatchTakesTheNullsBack() {
        try (OperatorHarness harness = harness(JoinType.LEFT)) {
            harness.rows(0, LEFT, "1 | 10\nNULL | 11");
            assertThat(harness.take()).containsExactly("+I | 1 | 10 | NULL | NULL", "+I | NULL | 11 | NULL | NULL");
            harness.rows(1, RIGHT, "1 | 20");
            assertThat(harness.take()).containsExactly("+I | 1 | 10 | 1 | 20", "-D | 1 | 10 | NULL | NULL");
            harness.rows(1, RIGHT, """
                    -U | 1 | 20
                    +U | 1 | 21
                    """);
            assertThat(harness.take()).containsExactly("-D | 1 | 10 | 1 | 20", "+I | 1 | 10 | 1 | 21");
        }
    }

    @Test
    void semiAndAntiEmitLeftRowsOnce() {
        for (JoinType type : List.of(JoinType.SEMI, JoinType.ANTI)) {
            try (OperatorHarness harness = harness(type)) {
                harness.rows(0, LEFT, "1 | 10");
                harness.rows(1, RIGHT, "1 | 20\n1 | 21");
                harness.rows(1, RIGHT, "-D | 1 | 20");
                assertThat(new Changelog().apply(harness.take()).rows())
                        .isEqualTo(type == JoinType.SEMI ? List.of("1 | 10") : List.of());
                harness.rows(1, RIGHT, "-D | 1 | 21");
                assertThat(harness.take()).containsExactly(type == JoinType.SEMI ? "-D | 1 | 10" : "+I | 1 | 10");
            }
        }
    }

    @Test
    void agreesWithTheDefinitionAfterEveryBatch() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            JoinType type = TYPES.get(random.nextInt(TYPES.size()));
            boolean nullSafe = random.nextBoolean();
            boolean condition = random.nextBoolean();
            boolean atEnd = random.nextInt(4) == 0;
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5);
            String shown = "seed " + seed + " " + type + " safe " + nullSafe + " condition " + condition + " end "
                    + atEnd + " cut " + cut;
            JoinSpec spec = spec(type, nullSafe, condition);
            List<List<NaiveJoin.Row>> sides = List.of(new ArrayList<>(), new ArrayList<>());
            Changelog changelog = new Changelog();
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new RegularJoinOperator(spec, atEnd, context), spec.output(), memory.allocator(), cut)) {
                harness.routed(List.of(LEFT, RIGHT), List.of(List.of(0), List.of(0)));
                for (int step = 0; step < 16; step++) {
                    if (random.nextInt(8) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    int side = random.nextInt(2);
                    harness.rows(side, spec.side(side), changes(random, sides.get(side)));
                    if (!atEnd) {
                        assertThat(changelog.apply(harness.takeRows()).rows())
                                .as(shown)
                                .isEqualTo(naive(type, sides, nullSafe, condition));
                    }
                }
                List<String> rows = harness.end().takeRows();
                assertThat(changelog.apply(rows).rows()).as(shown).isEqualTo(naive(type, sides, nullSafe, condition));
                if (atEnd) {
                    assertThat(rows).as(shown).allMatch(row -> row.startsWith("+I"));
                }
            }
        }
    }

    private static List<String> naive(
            JoinType type, List<List<NaiveJoin.Row>> sides, boolean nullSafe, boolean condition) {
        return NaiveJoin.rows(
                type, sides.get(0), sides.get(1), nullSafe, (l, r) -> !condition || l.value() < r.value());
    }

    private static String changes(Random random, List<NaiveJoin.Row> rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 0, n = 1 + random.nextInt(8); i < n; i++) {
            boolean delete = !rows.isEmpty() && random.nextInt(5) < 2;
            NaiveJoin.Row row = delete
                    ? rows.remove(random.nextInt(rows.size()))
                    : new NaiveJoin.Row(random.nextInt(6) == 0 ? null : (long) random.nextInt(3), random.nextInt(4));
            if (!delete) {
                rows.add(row);
            }
            text.append(delete ? "-D | " : "+I | ").append(row.text()).append('\n');
        }
        return text.toString();
    }
}
