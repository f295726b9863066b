package io.sabot.executor.rank;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.window.WindowTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ranks against a model that sorts all rows of each partition. */
final class RankOperatorTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("k", BIGINT), new Field("v", BIGINT), new Field("id", BIGINT));
    private static final Schema RANKED =
            Schema.of(new Field("k", BIGINT), new Field("v", BIGINT), new Field("id", BIGINT), new Field("rn", BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private record Row(long k, long v, long id) {
        String text() {
            return k + " | " + v + " | " + id;
        }
    }

    /** @param total whether the id orders rows of equal value */
    private static RankSpec spec(RankFunction function, boolean total, long from, long to, boolean withRank) {
        List<SortColumn> order = new ArrayList<>(List.of(new SortColumn(1, true, false)));
        if (total) {
            order.add(new SortColumn(2, false, true));
        }
        return new RankSpec(SCHEMA, function, List.of(0), order, from, to, withRank ? RANKED : SCHEMA);
    }

    /** The rows kept, for rows in order of arrival. */
    private static Changelog expected(List<Row> rows, RankSpec spec) {
        Comparator<Row> order = Comparator.comparing(Row::v, Comparator.reverseOrder());
        if (spec.order().size() > 1) {
            order = order.thenComparing(Row::id);
        }
        Map<Long, List<Row>> partitions = new TreeMap<>();
        rows.forEach(
                row -> partitions.computeIfAbsent(row.k, k -> new ArrayList<>()).add(row));
        Changelog kept = new Changelog();
        for (List<Row> partition : partitions.values()) {
            partition.sort(order);
            long rank = 0;
            for (int i = 0; i < partition.size(); i++) {
                boolean isEqual = i > 0 && order.compare(partition.get(i - 1), partition.get(i)) == 0;
                rank = switch (spec.function()) {
                    case ROW_NUMBER -> i + 1;
                    case RANK -> isEqual ? rank : i + 1;
                    case DENSE_RANK -> isEqual ? rank : rank + 1;
                };
                if (rank >= spec.from() && rank <= spec.to()) {
                    kept.add(partition.get(i).text() + (spec.withRank() ? " | " + rank : ""), 1);
                }
            }
        }
        return kept;
    }

    private OperatorHarness harness(OperatorOpener operator, RankSpec spec, int cut) {
        return new OperatorHarness(operator, spec.output(), memory.allocator(), cut)
                .routed(List.of(SCHEMA), List.of(List.of(0)));
    }

    private static Row row(Random random, long id) {
        return new Row(random.nextInt(3), random.nextInt(6), id);
    }

    @Test
    void agreesWithTheDefinition() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            boolean retracting = random.nextBoolean();
            RankFunction function = RankFunction.values()[random.nextInt(3)];
            long from = 1L + random.nextInt(3);
            long to = random.nextInt(5) == 0 ? Long.MAX_VALUE : from + random.nextInt(4) - 1;
            // equal rows have an order of their own where rows may go
            boolean total = retracting ? function == RankFunction.ROW_NUMBER : random.nextBoolean();
            RankSpec spec = spec(function, total, from, to, random.nextBoolean());
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            List<Row> rows = new ArrayList<>();
            Changelog result = new Changelog();
            String shown = "seed " + seed + " " + spec + " retracting " + retracting + " cut " + cut;
            try (OperatorHarness harness =
                    harness(context -> new RankOperator(spec, retracting, false, context), spec, cut)) {
                for (int step = 0; step < 15; step++) {
                    if (random.nextInt(5) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        if (retracting && !rows.isEmpty() && random.nextInt(3) == 0) {
                            text.append("-D | ")
                                    .append(rows.remove(random.nextInt(rows.size()))
                                            .text());
                        } else {
                            Row row = row(random, random.nextInt(retracting && !total ? 3 : 1000));
                            rows.add(row);
                            text.append("+I | ").append(row.text());
                        }
                        text.append('\n');
                    }
                    harness.rows(0, SCHEMA, text.toString());
                    result.apply(harness.takeRows());
                    assertThat(result.rows())
                            .as(shown)
                            .isEqualTo(expected(rows, spec).rows());
                }
                assertThat(harness.end().takeRows()).isEmpty();
            }
        }
    }

    @Test
    void aRowMayGoBeforeItComes() {
        RankSpec spec = spec(RankFunction.ROW_NUMBER, true, 1, 2, false);
        try (OperatorHarness harness = harness(context -> new RankOperator(spec, true, false, context), spec, 1)) {
            harness.rows(0, SCHEMA, "-D | 1 | 5 | 1\n+I | 1 | 4 | 2\n+I | 1 | 5 | 1");
            assertThat(new Changelog().apply(harness.takeRows()).rows()).containsExactly("1 | 4 | 2");
            harness.rows(0, SCHEMA, "-D | 1 | 4 | 2");
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void answersOnceAtTheEnd() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            RankFunction function = RankFunction.values()[random.nextInt(3)];
            long from = 1L + random.nextInt(2);
            long to = random.nextInt(5) == 0 ? Long.MAX_VALUE : from + random.nextInt(3);
            RankSpec spec = spec(function, random.nextBoolean(), from, to, random.nextBoolean());
            List<Row> rows = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                rows.add(row(random, i));
                text.append(rows.get(i).text()).append('\n');
            }
            try (OperatorHarness harness =
                    harness(context -> new RankOperator(spec, false, true, context), spec, 1 + random.nextInt(50))) {
                harness.rows(0, SCHEMA, text.toString()).restart(1 + random.nextInt(3));
                assertThat(harness.watermark(7).take()).isEmpty();
                assertThat(new Changelog().apply(harness.end().takeRows()).rows())
                        .as("seed " + seed + " " + spec)
                        .isEqualTo(expected(rows, spec).rows());
            }
        }
    }

    @Test
    void oneRowOfEachPartitionIsARankToo() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            RankSpec spec = spec(RankFunction.ROW_NUMBER, false, 1, 1, false);
            boolean atEnd = random.nextBoolean();
            List<Row> rows = new ArrayList<>();
            Changelog result = new Changelog();
            try (OperatorHarness harness = harness(
                    context -> new DeduplicateOperator(spec, false, atEnd, context), spec, 1 + random.nextInt(5))) {
                for (int step = 0; step < 10; step++) {
                    if (random.nextInt(4) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(6); i > 0; i--) {
                        rows.add(row(random, rows.size()));
                        text.append(rows.get(rows.size() - 1).text()).append('\n');
                    }
                    harness.rows(0, SCHEMA, text.toString());
                    result.apply(harness.takeRows());
                    if (!atEnd) {
                        assertThat(result.rows())
                                .as("seed " + seed)
                                .isEqualTo(expected(rows, spec).rows());
                    }
                }
                result.apply(harness.end().takeRows());
                assertThat(result.rows())
                        .as("seed " + seed)
                        .isEqualTo(expected(rows, spec).rows());
            }
        }
    }

    @Test
    void ofEqualRowsTheLatestMayWin() {
        RankSpec spec = spec(RankFunction.ROW_NUMBER, false, 1, 1, false);
        try (OperatorHarness harness =
                harness(context -> new DeduplicateOperator(spec, true, false, context), spec, 9)) {
            harness.rows(0, SCHEMA, "1 | 5 | 1\n1 | 5 | 2\n1 | 4 | 3");
            assertThat(harness.takeRows()).containsExactly("+I | 1 | 5 | 2");
            harness.rows(0, SCHEMA, "1 | 5 | 4\n2 | 1 | 5");
            assertThat(harness.takeRows()).containsExactly("-U | 1 | 5 | 2", "+U | 1 | 5 | 4", "+I | 2 | 1 | 5");
        }
    }

    @Test
    void theFirstToComePassesAtOnce() {
        RankSpec spec = spec(RankFunction.ROW_NUMBER, false, 1, 1, false);
        try (OperatorHarness harness = harness(context -> new FirstRowOperator(spec, context), spec, 2)) {
            harness.rows(0, SCHEMA, "1 | 5 | 1\n2 | 5 | 2\n1 | 4 | 3").restart(3);
            harness.rows(0, SCHEMA, "2 | 1 | 4\n3 | 1 | 5");
            assertThat(harness.takeRows()).containsExactly("+I | 1 | 5 | 1", "+I | 2 | 5 | 2", "+I | 3 | 1 | 5");
        }
    }

    @Test
    void ranksOfWindowsAreFinal() {
        WindowTime time = new WindowTime(WindowTime.Carries.WINDOW_END, 0, TimeDomain.EVENT, ZoneOffset.UTC, 0);
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            RankFunction function = RankFunction.values()[random.nextInt(3)];
            long from = 1L + random.nextInt(2);
            RankSpec spec = spec(function, random.nextBoolean(), from, from + random.nextInt(3), random.nextBoolean());
            List<Row> rows = new ArrayList<>();
            long watermark = -1;
            long late = 0;
            try (OperatorHarness harness = harness(
                    context -> new WindowRankOperator(spec, time, false, context), spec, 1 + random.nextInt(5))) {
                harness.watermark(watermark);
                for (int step = 0; step < 15; step++) {
                    if (random.nextInt(5) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        // the partition is the window's end
                        Row row = new Row(
                                10 * Math.floorDiv(watermark + random.nextInt(30) - 5, 10L) + 10,
                                random.nextInt(6),
                                random.nextInt(1000));
                        if (row.k - 1 <= watermark) {
                            late++;
                        } else {
                            rows.add(row);
                        }
                        text.append(row.text()).append('\n');
                    }
                    harness.rows(0, SCHEMA, text.toString());
                    watermark += random.nextInt(8);
                    harness.watermark(watermark);
                }
                String shown = "seed " + seed + " " + spec;
                assertThat(new Changelog().apply(harness.end().takeRows()).rows())
                        .as(shown)
                        .isEqualTo(expected(rows, spec).rows());
                assertThat(harness.counter("late_rows")).as(shown).isEqualTo(late);
                assertThat(harness.state().size()).as(shown).isZero();
            }
        }
    }

    @Test
    void rowsThatKeepComingAreSortedByTime() {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            boolean ties = random.nextBoolean();
            List<SortColumn> order = ties ? List.of(new SortColumn(1, false, true)) : List.of();
            RankSpec spec = new RankSpec(SCHEMA, RankFunction.ROW_NUMBER, List.of(), order, 1, Long.MAX_VALUE, SCHEMA);
            List<Row> rows = new ArrayList<>();
            long watermark = 0;
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new TimeSortOperator(spec, 0, 0, context),
                    SCHEMA,
                    memory.allocator(),
                    1 + random.nextInt(5))) {
                harness.watermark(watermark);
                for (int step = 0; step < 15; step++) {
                    if (random.nextInt(5) == 0) {
                        harness.restart();
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        Row row = new Row(watermark - 300 + random.nextInt(3000), random.nextInt(3), step * 10L + i);
                        if (row.k > watermark) {
                            rows.add(row);
                        }
                        text.append(row.text()).append('\n');
                    }
                    harness.rows(0, SCHEMA, text.toString());
                    watermark += random.nextInt(1500);
                    harness.watermark(watermark);
                }
                Comparator<Row> sorted = Comparator.comparing(Row::k);
                rows.sort(ties ? sorted.thenComparing(Row::v) : sorted);
                assertThat(harness.end().takeRows())
                        .as("seed " + seed)
                        .isEqualTo(
                                rows.stream().map(row -> "+I | " + row.text()).toList());
                assertThat(harness.state().size()).isZero();
            }
        }
    }
}
