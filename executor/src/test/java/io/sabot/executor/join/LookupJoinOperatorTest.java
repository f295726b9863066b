package io.sabot.executor.join;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LookupJoinOperatorTest {
    private static final Schema LEFT = Schema.of(new Field("lk", BIGINT), new Field("a", BIGINT));
    private static final Schema RIGHT = Schema.of(new Field("rk", BIGINT), new Field("v", STRING));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final Table table = new Table();

    /** A table that the test changes. */
    private final class Table implements LookupRows {
        String rows = "";
        int reads;

        @Override
        public void read(Consumer<Batch> taker) {
            reads++;
            if (!rows.isEmpty()) {
                taker.accept(BatchText.parse(memory.allocator(), RIGHT, rows));
            }
        }

        @Override
        public void close() {}
    }

    private static JoinSpec spec(JoinType type, JoinCondition condition) {
        return new JoinSpec(type, LEFT, RIGHT, List.of(0), List.of(0), List.of(false), condition);
    }

    private OperatorHarness harness(JoinSpec spec, long reloadMillis, boolean remembers) {
        return new OperatorHarness(
                () -> new LookupJoinOperator(spec, table, reloadMillis, remembers), spec.output(), memory.allocator());
    }

    @Test
    void theTableIsReadOnceOrWhenItIsOld() {
        table.rows = "1 | x";
        try (OperatorHarness harness = harness(spec(JoinType.INNER, JoinCondition.NONE), 100, false)) {
            harness.processingTime(1000);
            harness.rows(0, LEFT, "1 | 1");
            table.rows = "1 | y";
            harness.processingTime(1099);
            harness.rows(0, LEFT, "1 | 2");
            harness.processingTime(1100);
            harness.rows(0, LEFT, "1 | 3\n2 | 4\nNULL | 5");
            assertThat(harness.takeRows())
                    .containsExactly("+I | 1 | 1 | 1 | x", "+I | 1 | 2 | 1 | x", "+I | 1 | 3 | 1 | y");
            assertThat(table.reads).isEqualTo(2);
        }
    }

    @Test
    void aLeftRowThatFailsTheConditionStaysAlone() {
        table.rows = "1 | x\n1 | y\n2 | z";
        JoinSpec spec = spec(JoinType.LEFT, joined -> {
            int[] rows = new int[joined.rowCount()];
            int count = 0;
            for (int row = 0; row < joined.rowCount(); row++) {
                if (joined.column(1).getLong(row) > 5) {
                    rows[count++] = row;
                }
            }
            return new Selection(rows, count);
        });
        try (OperatorHarness harness = harness(spec, LookupJoinOperator.NEVER, false)) {
            harness.rows(0, LEFT, "1 | 9\n2 | 1\n3 | 9\nNULL | 9");
            assertThat(new Changelog().apply(harness.takeRows()).rows())
                    .containsExactly(
                            "1 | 9 | 1 | x",
                            "1 | 9 | 1 | y",
                            "2 | 1 | NULL | NULL",
                            "3 | 9 | NULL | NULL",
                            "NULL | 9 | NULL | NULL");
        }
    }

    /** Whatever becomes of the table, what is taken back is what was given. */
    @Test
    void changingRowsGoAsTheyCame() {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            JoinType type = random.nextBoolean() ? JoinType.INNER : JoinType.LEFT;
            Changelog changelog = new Changelog();
            TreeMap<String, Integer> rows = new TreeMap<>();
            try (OperatorHarness harness = harness(spec(type, JoinCondition.NONE), 1, true)) {
                harness.routed(List.of(LEFT), List.of(List.of(0, 1)));
                for (int step = 0; step < 20; step++) {
                    if (random.nextInt(6) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    table.rows = random.nextInt(4) == 0
                            ? ""
                            : random.nextInt(3) + " | v" + step + "\n" + random.nextInt(3) + " | w" + step;
                    harness.processingTime(step * 10L);
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = 1 + random.nextInt(4); i < n; i++) {
                        String row = random.nextInt(3) + " | " + random.nextInt(2);
                        boolean delete = rows.getOrDefault(row, 0) > 0 && random.nextBoolean();
                        rows.merge(row, delete ? -1 : 1, Integer::sum);
                        text.append(delete ? "-D | " : "+I | ").append(row).append('\n');
                    }
                    harness.rows(0, LEFT, text.toString());
                    changelog.apply(harness.takeRows());
                }
                StringBuilder rest = new StringBuilder();
                rows.forEach((row, count) -> rest.append(("-D | " + row + "\n").repeat(count)));
                if (rest.length() > 0) {
                    harness.rows(0, LEFT, rest.toString());
                }
                assertThat(changelog.apply(harness.takeRows()).rows())
                        .as("seed " + seed)
                        .isEmpty();
            }
        }
    }
}
