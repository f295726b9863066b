package io.sabot.executor.join;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static io.sabot.executor.join.LookupKeeping.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import java.util.ArrayList;
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
    }

    private static JoinSpec spec(JoinType type, JoinCondition condition) {
        return new JoinSpec(type, LEFT, RIGHT, List.of(0), List.of(0), List.of(false), condition);
    }

    private OperatorHarness harness(JoinSpec spec, long reloadMillis, boolean remembers) {
        return harness(spec, new LookupKeeping(reloadMillis, null, null), remembers);
    }

    private OperatorHarness harness(JoinSpec spec, LookupKeeping keeping, boolean remembers) {
        return new OperatorHarness(
                context -> new LookupJoinOperator(spec, table, keeping, remembers, context),
                spec.output(),
                memory.allocator());
    }

    private OperatorHarness cached(JoinType type, LookupKeeping.Keys keys) {
        return harness(spec(type, JoinCondition.NONE), new LookupKeeping(NEVER, keys, null), false);
    }

    private OperatorHarness retrying(JoinType type, int attempts) {
        LookupKeeping.Retry retry = new LookupKeeping.Retry(100, attempts, true);
        return harness(spec(type, JoinCondition.NONE), new LookupKeeping(NEVER, null, retry), false);
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
        try (OperatorHarness harness = harness(spec, NEVER, false)) {
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

    @Test
    void aKeyIsKeptUntilItIsOld() {
        table.rows = "1 | x";
        try (OperatorHarness harness = cached(JoinType.LEFT, new LookupKeeping.Keys(100, NEVER, NEVER, true))) {
            harness.processingTime(1000).rows(0, LEFT, "1 | 1\n1 | 2");
            table.rows = "1 | y\n2 | z";
            harness.processingTime(1050).rows(0, LEFT, "1 | 3\n2 | 4\nNULL | 5");
            harness.processingTime(1100).rows(0, LEFT, "1 | 6");
            assertThat(harness.takeRows())
                    .containsExactly(
                            "+I | 1 | 1 | 1 | x",
                            "+I | 1 | 2 | 1 | x",
                            "+I | 1 | 3 | 1 | x",
                            "+I | 2 | 4 | 2 | z",
                            "+I | NULL | 5 | NULL | NULL",
                            "+I | 1 | 6 | 1 | y");
            assertThat(table.reads).isEqualTo(3);
        }
    }

    @Test
    void aKeyInUseStays() {
        table.rows = "1 | x";
        try (OperatorHarness harness = cached(JoinType.INNER, new LookupKeeping.Keys(NEVER, 100, NEVER, true))) {
            harness.processingTime(1000).rows(0, LEFT, "1 | 1");
            table.rows = "1 | y";
            harness.processingTime(1090).rows(0, LEFT, "1 | 2");
            harness.processingTime(1180).rows(0, LEFT, "1 | 3");
            harness.processingTime(1280).rows(0, LEFT, "1 | 4");
            assertThat(harness.takeRows())
                    .containsExactly(
                            "+I | 1 | 1 | 1 | x", "+I | 1 | 2 | 1 | x", "+I | 1 | 3 | 1 | x", "+I | 1 | 4 | 1 | y");
        }
    }

    @Test
    void thatAKeyIsMissingIsKeptOrNot() {
        for (boolean missing : new boolean[] {true, false}) {
            table.rows = "";
            try (OperatorHarness harness =
                    cached(JoinType.LEFT, new LookupKeeping.Keys(NEVER, NEVER, NEVER, missing))) {
                harness.processingTime(1000).rows(0, LEFT, "1 | 1");
                table.rows = "1 | x";
                harness.processingTime(1001).rows(0, LEFT, "1 | 2");
                assertThat(harness.takeRows())
                        .containsExactly(
                                "+I | 1 | 1 | NULL | NULL",
                                missing ? "+I | 1 | 2 | NULL | NULL" : "+I | 1 | 2 | 1 | x");
            }
        }
    }

    @Test
    void keysNotUsedForLongestGoFirst() {
        table.rows = "1 | a\n2 | b\n3 | c\n3 | d";
        try (OperatorHarness harness = cached(JoinType.INNER, new LookupKeeping.Keys(NEVER, NEVER, 3, true))) {
            harness.processingTime(1000).rows(0, LEFT, "1 | 0").rows(0, LEFT, "2 | 0");
            harness.rows(0, LEFT, "1 | 0").rows(0, LEFT, "3 | 0"); // 1 and 3 stay
            assertThat(table.reads).isEqualTo(3);
            harness.rows(0, LEFT, "1 | 0\n3 | 0");
            assertThat(table.reads).isEqualTo(3);
            harness.rows(0, LEFT, "2 | 0");
            assertThat(table.reads).isEqualTo(4);
            assertThat(harness.takeRows()).hasSize(3 + 2 + 3 + 1);
        }
    }

    /** Keys that are asked for again and again give what a table that never changes holds. */
    @Test
    void aCacheGivesWhatTheTableHolds() {
        table.rows = "0 | a\n1 | b\n1 | c\n2 | d\n4 | e\n4 | f\n4 | g";
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            LookupKeeping.Keys keys = new LookupKeeping.Keys(
                    random.nextBoolean() ? 30 : NEVER,
                    random.nextBoolean() ? 20 : NEVER,
                    random.nextBoolean() ? 1 + random.nextInt(5) : NEVER,
                    random.nextBoolean());
            try (OperatorHarness cached = cached(JoinType.LEFT, keys);
                    OperatorHarness whole = harness(spec(JoinType.LEFT, JoinCondition.NONE), NEVER, false)) {
                for (int step = 0; step < 20; step++) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = 1 + random.nextInt(6); i < n; i++) {
                        text.append(random.nextInt(6))
                                .append(" | ")
                                .append(step)
                                .append('\n');
                    }
                    for (OperatorHarness harness : List.of(cached, whole)) {
                        harness.processingTime(step * 7L).rows(0, LEFT, text.toString());
                    }
                    assertThat(cached.takeRows()).as("seed " + seed).containsExactlyElementsOf(whole.takeRows());
                }
            }
        }
    }

    @Test
    void aRowWithoutPartnerLooksAgain() {
        table.rows = "1 | x";
        try (OperatorHarness harness = retrying(JoinType.LEFT, 2)) {
            harness.processingTime(1000).rows(0, LEFT, "1 | 1\n2 | 2\n3 | 3\nNULL | 4");
            assertThat(harness.takeRows()).containsExactly("+I | 1 | 1 | 1 | x", "+I | NULL | 4 | NULL | NULL");
            table.rows = "2 | y";
            harness.processingTime(1099);
            assertThat(harness.takeRows()).isEmpty();
            harness.processingTime(1100);
            assertThat(harness.takeRows()).containsExactly("+I | 2 | 2 | 2 | y");
            harness.processingTime(1200);
            assertThat(harness.takeRows()).containsExactly("+I | 3 | 3 | NULL | NULL");
            harness.processingTime(1300).end();
            assertThat(harness.takeRows()).isEmpty();
            assertThat(table.reads).isEqualTo(3);
        }
    }

    @Test
    void atTheEndRowsThatWaitLookALastTime() {
        try (OperatorHarness harness = retrying(JoinType.LEFT, 5)) {
            harness.processingTime(1000).rows(0, LEFT, "1 | 1\n2 | 2");
            table.rows = "1 | x";
            harness.processingTime(1001).end();
            assertThat(harness.takeRows()).containsExactly("+I | 1 | 1 | 1 | x", "+I | 2 | 2 | NULL | NULL");
        }
    }

    @Test
    void theEventWatermarkWaitsForRowsThatWait() {
        try (OperatorHarness harness = retrying(JoinType.INNER, 1)) {
            harness.processingTime(1000).watermark(10);
            harness.rows(0, LEFT, "1 | 1").watermark(20).rows(0, LEFT, "2 | 2").watermark(30);
            harness.processingTime(1050).rows(0, LEFT, "3 | 3").watermark(40);
            assertThat(harness.take()).containsExactly("W 1000", "W 10", "W 1050");
            table.rows = "2 | x";
            harness.processingTime(1100);
            assertThat(harness.take()).containsExactly("+I | 2 | 2 | 2 | x", "W 30", "W 1100");
            harness.processingTime(1150).watermark(41);
            assertThat(harness.take()).containsExactly("W 40", "W 1150", "W 41");
        }
    }

    /** Each row leaves once, with what the table held at the attempt at which there was something, also over restarts. */
    @Test
    void rowsThatWaitSurviveRestarts() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int attempts = 1 + random.nextInt(3);
            JoinType type = random.nextBoolean() ? JoinType.INNER : JoinType.LEFT;
            List<String> expected = new ArrayList<>();
            List<long[]> waiting = new ArrayList<>(); // key, row, due, attempts left
            List<String> given = new ArrayList<>();
            table.rows = "";
            LookupKeeping keeping = new LookupKeeping(1, null, new LookupKeeping.Retry(100, attempts, false));
            try (OperatorHarness harness = harness(spec(type, JoinCondition.NONE), keeping, false)) {
                harness.routed(List.of(LEFT), List.of(List.of(0)));
                for (int step = 0; step < 25; step++) {
                    long now = step * 40L;
                    int present = random.nextInt(4);
                    table.rows = present + " | v" + step;
                    harness.processingTime(now);
                    List<long[]> due = new ArrayList<>(
                            waiting.stream().filter(row -> row[2] <= now).toList());
                    waiting.removeAll(due);
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = random.nextInt(4); i < n; i++) {
                        long[] row = {random.nextInt(4), step * 10 + i, now, attempts + 1};
                        text.append(row[0] + " | " + row[1] + "\n");
                        due.add(row);
                    }
                    for (long[] row : due) {
                        if (row[0] == present) {
                            expected.add("+I | " + row[0] + " | " + row[1] + " | " + present + " | v" + step);
                        } else if (row[3] > 1) {
                            waiting.add(new long[] {row[0], row[1], now + 100, row[3] - 1});
                        } else if (type == JoinType.LEFT) {
                            expected.add("+I | " + row[0] + " | " + row[1] + " | NULL | NULL");
                        }
                    }
                    if (text.length() > 0) {
                        harness.rows(0, LEFT, text.toString());
                    }
                    given.addAll(harness.takeRows());
                    if (random.nextInt(5) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                }
                assertThat(given).as("seed " + seed).containsExactlyInAnyOrderElementsOf(expected);
            }
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
