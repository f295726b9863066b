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
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TemporalJoinOperatorTest {
    private static final Schema LEFT = Schema.of(new Field("lk", BIGINT), new Field("lt", BIGINT));
    private static final Schema RIGHT =
            Schema.of(new Field("rk", BIGINT), new Field("rt", BIGINT), new Field("v", BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private static JoinSpec spec(JoinType type) {
        return new JoinSpec(type, LEFT, RIGHT, List.of(0), List.of(0), List.of(false), JoinCondition.NONE);
    }

    private OperatorHarness harness(JoinType type, VersionMatch match, boolean atEnd, int cut) {
        return harness(type, match, 0, 0, atEnd, cut);
    }

    private OperatorHarness harness(
            JoinType type, VersionMatch match, long leftOffset, long rightOffset, boolean atEnd, int cut) {
        return new OperatorHarness(
                context -> new TemporalJoinOperator(spec(type), 1, 1, match, leftOffset, rightOffset, atEnd, context),
                spec(type).output(),
                memory.allocator(),
                cut);
    }

    @Test
    void leftRowsWaitForTheWatermark() {
        try (OperatorHarness harness = harness(JoinType.LEFT, VersionMatch.AT_OR_BEFORE, false, Integer.MAX_VALUE)) {
            harness.rows(0, LEFT, "1 | 10\n1 | 20\nNULL | 12");
            assertThat(harness.take()).containsExactly("+I | NULL | 12 | NULL | NULL | NULL");
            harness.rows(1, RIGHT, "1 | 10 | 100\n1 | 20 | 200");
            harness.watermark(15);
            assertThat(harness.take()).containsExactly("+I | 1 | 10 | 1 | 10 | 100", "W 15");
            harness.rows(1, RIGHT, "-U | 1 | 20 | 200\n+U | 1 | 20 | 201");
            harness.watermark(20);
            assertThat(harness.take()).containsExactly("+I | 1 | 20 | 1 | 20 | 201", "W 20");
        }
    }

    @Test
    void aDeletedKeyHasNoVersion() {
        try (OperatorHarness harness = harness(JoinType.INNER, VersionMatch.AT_OR_BEFORE, false, Integer.MAX_VALUE)) {
            harness.rows(1, RIGHT, "+I | 1 | 10 | 100\n-D | 1 | 20 | 100");
            harness.rows(0, LEFT, "1 | 15\n1 | 25");
            harness.watermark(30);
            assertThat(harness.take()).containsExactly("+I | 1 | 15 | 1 | 10 | 100", "W 30");
        }
    }

    @Test
    void versionsThatNobodyCanSeeAreFreed() {
        try (OperatorHarness harness = harness(JoinType.INNER, VersionMatch.AT_OR_BEFORE, false, Integer.MAX_VALUE)) {
            for (int i = 0; i < 50; i++) {
                harness.rows(1, RIGHT, "1 | " + i * 10 + " | " + i);
                harness.watermark(i * 10L);
            }
            harness.take();
            // late, and the version of its time is gone
            harness.rows(0, LEFT, "1 | 5");
            harness.watermark(500);
            assertThat(harness.take()).containsExactly("W 500");
        }
    }

    @Test
    void versionsStayForLeftTimesBehindTheWatermark() {
        for (VersionMatch match : List.of(VersionMatch.AT_OR_BEFORE, VersionMatch.BEFORE)) {
            try (OperatorHarness harness = harness(JoinType.INNER, match, -10, 0, false, Integer.MAX_VALUE)) {
                harness.rows(1, RIGHT, "1 | 0 | 100\n1 | 8 | 108").watermark(10);
                harness.rows(1, RIGHT, "1 | 11 | 111");
                harness.take();
                harness.rows(0, LEFT, "1 | 5");
                harness.watermark(11);
                assertThat(harness.take()).containsExactly("+I | 1 | 5 | 1 | 0 | 100", "W 11");
                // no left row of time 10 or before is in time any more: only the version of time 8 is of use
                harness.watermark(20).rows(1, RIGHT, "1 | 21 | 121").take();
                harness.rows(0, LEFT, "1 | 6").rows(0, LEFT, "1 | 11");
                harness.watermark(21);
                String seen = match == VersionMatch.BEFORE ? "1 | 8 | 108" : "1 | 11 | 111";
                assertThat(harness.take()).containsExactly("+I | 1 | 11 | " + seen, "W 21");
            }
        }
    }

    @Test
    void versionsStayForTheEarlierOfBothTimes() {
        try (OperatorHarness harness =
                harness(JoinType.INNER, VersionMatch.AT_OR_BEFORE, 0, -10, false, Integer.MAX_VALUE)) {
            harness.rows(1, RIGHT, "1 | 0 | 100\n1 | 8 | 108").watermark(10);
            harness.rows(1, RIGHT, "1 | 3 | 103");
            harness.rows(0, LEFT, "1 | 5");
            harness.watermark(14).take();
            assertThat(harness.watermark(15).take()).containsExactly("+I | 1 | 5 | 1 | 3 | 103", "W 15");
        }
    }

    private record Row(@Nullable Long key, long time, long value) {
        String left() {
            return Objects.toString(key, "NULL") + " | " + time;
        }

        String right() {
            return left() + " | " + value;
        }
    }

    @Test
    void agreesWithTheDefinition() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            JoinType type = random.nextBoolean() ? JoinType.INNER : JoinType.LEFT;
            boolean atEnd = random.nextInt(3) == 0;
            VersionMatch match = VersionMatch.values()[random.nextInt(atEnd ? 4 : 2)];
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            String shown = "seed " + seed + " " + type + " " + match + " end " + atEnd + " cut " + cut;
            List<Row> lefts = new ArrayList<>();
            List<Row> rights = new ArrayList<>();
            Changelog changelog = new Changelog();
            long watermark = 0;
            try (OperatorHarness harness = harness(type, match, atEnd, cut)) {
                harness.routed(List.of(LEFT, RIGHT), List.of(List.of(0), List.of(0)));
                for (int step = 0; step < 20; step++) {
                    if (random.nextInt(6) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    boolean left = random.nextBoolean();
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = 1 + random.nextInt(5); i < n; i++) {
                        Row row = new Row(
                                random.nextInt(8) == 0 ? null : (long) random.nextInt(3),
                                watermark + 1 + random.nextInt(12),
                                random.nextInt(1000));
                        (left ? lefts : rights).add(row);
                        text.append(left ? row.left() : row.right()).append('\n');
                    }
                    harness.rows(left ? 0 : 1, left ? LEFT : RIGHT, text.toString());
                    if (random.nextInt(3) == 0) {
                        watermark += random.nextInt(10);
                        harness.watermark(watermark);
                    }
                }
                List<String> rows = harness.end().takeRows();
                assertThat(rows).as(shown).allMatch(row -> row.startsWith("+I"));
                assertThat(changelog.apply(rows).rows()).as(shown).isEqualTo(naive(type, match, lefts, rights));
            }
        }
    }

    /** Rows of equal time and key replace each other. */
    private static List<String> naive(JoinType type, VersionMatch match, List<Row> lefts, List<Row> rights) {
        Changelog result = new Changelog();
        for (Row left : lefts) {
            Row best = null;
            for (Row right : rights) {
                boolean fits = left.key != null
                        && left.key.equals(right.key)
                        && switch (match) {
                            case AT_OR_BEFORE -> right.time <= left.time;
                            case BEFORE -> right.time < left.time;
                            case AT_OR_AFTER -> right.time >= left.time;
                            case AFTER -> right.time > left.time;
                        };
                boolean nearer =
                        best == null || (match.looksBack() ? right.time >= best.time : right.time <= best.time);
                if (fits && nearer) {
                    best = right;
                }
            }
            if (best != null) {
                result.add(left.left() + " | " + best.right(), 1);
            } else if (type == JoinType.LEFT) {
                result.add(left.left() + " | NULL | NULL | NULL", 1);
            }
        }
        return result.rows();
    }
}
