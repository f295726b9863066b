package io.sabot.executor.over;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.rank.SortColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** OVER calls against a model that looks at all rows of each partition. */
final class OverOperatorTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("k", BIGINT),
            new Field("t", BIGINT),
            new Field("v", BIGINT.withNullable(true)),
            new Field("id", BIGINT));

    /** What is computed of each frame, in the order of the calls. */
    private static final List<OverCall> CALLS = List.of(
            aggregate(AggregateFunction.SUM, false),
            aggregate(AggregateFunction.COUNT, false),
            new OverCall.Ranking(RankingFunction.ROW_NUMBER, 0),
            aggregate(AggregateFunction.MIN, false),
            new OverCall.Shifted(3, -2, 1),
            aggregate(AggregateFunction.COUNT, true),
            new OverCall.Ranking(RankingFunction.DENSE_RANK, 0),
            aggregate(AggregateFunction.LAST_VALUE, false),
            new OverCall.Ranking(RankingFunction.RANK, 0));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private static OverCall aggregate(AggregateFunction function, boolean distinct) {
        return new OverCall.Aggregate(
                new AggregateSpec(function, distinct, List.of(2), List.of(BIGINT.withNullable(true)), -1, BIGINT));
    }

    private record Row(long k, long t, @Nullable Long v, long id) {
        String text() {
            return (k + " | " + t + " | " + v + " | " + id).replace("null", "NULL");
        }
    }

    private static OverSpec spec(Frame frame, List<OverCall> calls) {
        List<Field> output = new ArrayList<>(SCHEMA.fields());
        calls.forEach(call -> output.add(new Field("c" + output.size(), BIGINT.withNullable(true))));
        return new OverSpec(
                SCHEMA, List.of(0), List.of(new SortColumn(1, false, true)), frame, calls, new Schema(output));
    }

    /** All rows with their values, for rows in order of arrival. */
    private static List<String> expected(List<Row> rows, Frame frame, List<OverCall> calls, boolean peers) {
        Map<Long, List<Row>> partitions = new TreeMap<>();
        rows.forEach(
                row -> partitions.computeIfAbsent(row.k, k -> new ArrayList<>()).add(row));
        Changelog expected = new Changelog();
        for (List<Row> partition : partitions.values()) {
            partition.sort(Comparator.comparing(Row::t));
            for (int i = 0; i < partition.size(); i++) {
                List<Row> inFrame = new ArrayList<>();
                for (int j = 0; j < partition.size(); j++) {
                    long distance = frame.rows() ? j - i : partition.get(j).t - partition.get(i).t;
                    boolean isAhead = !peers && j > i && frame.upper() == 0;
                    if (distance >= frame.lower() && distance <= frame.upper() && !isAhead) {
                        inFrame.add(partition.get(j));
                    }
                }
                StringBuilder line = new StringBuilder(partition.get(i).text());
                for (OverCall call : calls) {
                    line.append(" | ").append(value(call, partition, i, inFrame));
                }
                expected.add(line.toString().replace("null", "NULL"), 1);
            }
        }
        return expected.rows();
    }

    private static @Nullable Long value(OverCall call, List<Row> partition, int row, List<Row> frame) {
        long time = partition.get(row).t;
        if (call instanceof OverCall.Ranking ranking) {
            LongStream times = partition.stream().mapToLong(Row::t).filter(other -> other < time);
            return switch (ranking.function()) {
                case ROW_NUMBER -> row + 1L;
                case RANK -> times.count() + 1;
                case DENSE_RANK -> times.distinct().count() + 1;
                case PERCENT_RANK, CUME_DIST, NTILE -> throw new AssertionError(ranking);
            };
        }
        if (call instanceof OverCall.Shifted shifted) {
            long wanted = row + shifted.distance();
            return wanted >= 0 && wanted < partition.size() ? (Long) partition.get((int) wanted).id : (Long) time;
        }
        AggregateSpec spec = ((OverCall.Aggregate) call).spec();
        List<Long> values = frame.stream().map(Row::v).filter(Objects::nonNull).toList();
        if (spec.function() == AggregateFunction.COUNT) {
            return (spec.distinct() ? values.stream().distinct() : values.stream()).count();
        }
        if (values.isEmpty()) {
            return null;
        }
        return switch (spec.function()) {
            case SUM -> values.stream().mapToLong(v -> v).sum();
            case MIN -> values.stream().mapToLong(v -> v).min().getAsLong();
            case LAST_VALUE -> values.get(values.size() - 1);
            default -> throw new AssertionError(spec);
        };
    }

    private OperatorHarness harness(OperatorOpener operator, OverSpec spec, int cut) {
        return new OperatorHarness(operator, spec.output(), memory.allocator(), cut)
                .routed(List.of(SCHEMA), List.of(List.of(0)));
    }

    private static Frame frameUpToNow(Random random) {
        boolean rows = random.nextBoolean();
        long lower = switch (random.nextInt(3)) {
            case 0 -> Frame.UNBOUNDED_PRECEDING;
            case 1 -> 0;
            default -> -1 - random.nextInt(rows ? 4 : 40);
        };
        return new Frame(rows, lower, 0);
    }

    private static @Nullable Long value(Random random) {
        return random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(4);
    }

    @Test
    void byEventTime() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Frame frame = frameUpToNow(random);
            List<OverCall> calls = CALLS.subList(0, 1 + random.nextInt(CALLS.size()));
            OverSpec spec = spec(frame, calls);
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(4);
            List<Row> rows = new ArrayList<>();
            long watermark = 0;
            long late = 0;
            Changelog result = new Changelog();
            try (OperatorHarness harness = harness(context -> new TimedOverOperator(spec, 1, 0, context), spec, cut)) {
                harness.watermark(watermark);
                for (int step = 0; step < 20; step++) {
                    if (random.nextInt(5) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        Row row = new Row(
                                random.nextInt(3), watermark - 3 + random.nextInt(30), value(random), step * 10L + i);
                        if (row.t > watermark) {
                            rows.add(row);
                        } else {
                            late++;
                        }
                        text.append(row.text()).append('\n');
                    }
                    harness.rows(0, SCHEMA, text.toString());
                    watermark += random.nextInt(30);
                    if (random.nextInt(10) == 0) {
                        watermark += 5000; // frames run empty
                    }
                    harness.watermark(watermark);
                    result.apply(harness.takeRows());
                }
                String shown = "seed " + seed + " " + frame + " calls " + calls.size() + " cut " + cut;
                result.apply(harness.end().takeRows());
                assertThat(result.rows()).as(shown).isEqualTo(expected(rows, frame, calls, !frame.rows()));
                assertThat(harness.counter("late_rows")).as(shown).isEqualTo(late);
            }
        }
    }

    @Test
    void aRangeOfTimeLeavesNothingBehind() {
        OverSpec spec = spec(new Frame(false, -10, 0), CALLS.subList(0, 2));
        try (OperatorHarness harness = harness(context -> new TimedOverOperator(spec, 1, 0, context), spec, 3)) {
            harness.rows(0, SCHEMA, "1 | 10 | 1 | 1\n2 | 20 | 1 | 2\n1 | 30 | 1 | 3")
                    .watermark(40);
            assertThat(harness.state().size()).isPositive();
            assertThat(harness.watermark(5000).takeRows()).hasSize(3);
            assertThat(harness.state().size()).isZero();
        }
    }

    @Test
    void asRowsCome() {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Frame frame = frameUpToNow(random);
            List<OverCall> calls = CALLS.subList(0, 1 + random.nextInt(CALLS.size()));
            OverSpec spec = spec(frame, calls);
            List<Row> rows = new ArrayList<>();
            Changelog result = new Changelog();
            long time = 0;
            try (OperatorHarness harness =
                    harness(context -> new ArrivalOverOperator(spec, 1, context), spec, 1 + random.nextInt(5))) {
                for (int step = 0; step < 15; step++) {
                    if (random.nextInt(5) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        time += random.nextInt(10);
                        Row row = new Row(random.nextInt(3), time, value(random), step * 10L + i);
                        rows.add(row);
                        text.append(row.text()).append('\n');
                    }
                    harness.rows(0, SCHEMA, text.toString()).processingTime(time - 1);
                    result.apply(harness.takeRows());
                }
                assertThat(result.rows())
                        .as("seed " + seed + " " + frame + " calls " + calls.size())
                        .isEqualTo(expected(rows, frame, calls, false));
            }
        }
    }

    @Test
    void atTheEndOfInput() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            boolean byRows = random.nextBoolean();
            long lower = random.nextInt(3) == 0 ? Frame.UNBOUNDED_PRECEDING : random.nextInt(9) - 6;
            long upper = random.nextInt(3) == 0 ? Frame.UNBOUNDED_FOLLOWING : Math.max(lower, random.nextInt(9) - 2);
            Frame frame = new Frame(byRows, lower, upper);
            List<OverCall> calls = new ArrayList<>(CALLS);
            calls.set(4, new OverCall.Shifted(3, random.nextInt(5) - 2, 1));
            OverSpec spec = spec(frame, calls);
            List<Row> rows = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                Row row = new Row(random.nextInt(4), random.nextInt(20), value(random), i);
                rows.add(row);
                text.append(row.text()).append('\n');
            }
            try (OperatorHarness harness =
                    harness(context -> new OverAtEndOperator(spec, context), spec, 1 + random.nextInt(30))) {
                harness.rows(0, SCHEMA, text.toString()).restart(1 + random.nextInt(3));
                assertThat(new Changelog().apply(harness.end().takeRows()).rows())
                        .as("seed " + seed + " " + frame)
                        .isEqualTo(expected(rows, frame, calls, true));
            }
        }
    }
}
