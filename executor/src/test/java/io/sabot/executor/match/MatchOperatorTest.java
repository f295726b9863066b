package io.sabot.executor.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.expression.MatchExpressionsOfTests;
import io.sabot.executor.match.NaiveMatcher.Match;
import io.sabot.executor.match.NaiveMatcher.Pattern;
import io.sabot.executor.match.NaiveMatcher.Row;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.executor.rank.SortColumn;
import io.sabot.parser.error.SqlSpan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class MatchOperatorTest {
    private static final int KEYS = 3;
    private static final DataType TIME = AtomicType.of(TypeKind.TIMESTAMP, 3);
    private static final Schema INPUT = Schema.of(
            new Field("k", AtomicType.BIGINT),
            new Field("ts", TIME),
            new Field("id", AtomicType.BIGINT),
            new Field("v0", AtomicType.BOOLEAN),
            new Field("v1", AtomicType.BOOLEAN),
            new Field("v2", AtomicType.BOOLEAN),
            new Field("v3", AtomicType.BOOLEAN));
    private static final Schema OUTPUT = Schema.of(
            new Field("first", AtomicType.BIGINT),
            new Field("last", AtomicType.BIGINT),
            new Field("second_1", AtomicType.BIGINT),
            new Field("count_0", AtomicType.BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    /** One random search and its rows. */
    private record Case(Pattern pattern, MatchSpec.Skip skip, int skipVariable, long within, boolean[] alone) {
        static Case random(Random random) {
            Pattern pattern;
            do {
                pattern = new NaiveMatcher.Sequence(
                        List.of(Pattern.random(random, 3), new NaiveMatcher.One(random.nextInt(4))));
            } while (size(pattern) > 40);
            return new Case(
                    pattern,
                    MatchSpec.Skip.values()[random.nextInt(4)],
                    random.nextInt(4),
                    random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(12),
                    new boolean[] {
                        random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), random.nextBoolean()
                    });
        }

        private static int size(Pattern pattern) {
            PatternGraph.Builder graph = new PatternGraph.Builder();
            return pattern.build(graph, graph.end());
        }

        Operator operator(OperatorContext context) {
            PatternGraph.Builder graph = new PatternGraph.Builder();
            PatternGraph built = graph.build(pattern.build(graph, graph.end()));
            List<MatchSpec.Variable> variables = new ArrayList<>();
            List<Integer> aloneColumns = new ArrayList<>();
            for (int v = 0; v < 4; v++) {
                int column = alone[v] ? aloneColumns.size() : -1;
                if (alone[v]) {
                    aloneColumns.add(3 + v);
                }
                variables.add(new MatchSpec.Variable(
                        "v" + v,
                        column,
                        List.of(new MatchSpec.OfRow(1 + v, 1L << v, false, 0, AtomicType.BOOLEAN)),
                        MatchExpressionsOfTests.isTrue()));
            }
            List<MatchSpec.Term> output = List.of(
                    new MatchSpec.OfRow(0, -1L, true, 0, AtomicType.BIGINT),
                    new MatchSpec.OfRow(0, -1L, false, 0, AtomicType.BIGINT),
                    new MatchSpec.OfRow(0, 2L, true, 1, AtomicType.BIGINT),
                    new MatchSpec.OfRows(
                            AggregateSpec.of(
                                    AggregateFunction.COUNT,
                                    List.of(0),
                                    List.of(AtomicType.BIGINT),
                                    AtomicType.BIGINT.withNullable(false)),
                            1L));
            MatchSpec spec = new MatchSpec(
                    INPUT,
                    List.of(0),
                    MatchSpec.Arrangement.EVENT_TIME,
                    List.of(new SortColumn(1, false, true)),
                    1,
                    0,
                    MatchExpressionsOfTests.columns(INPUT, List.of(2, 3, 4, 5, 6)),
                    MatchExpressionsOfTests.columns(INPUT, aloneColumns),
                    variables,
                    built,
                    skip,
                    1L << skipVariable,
                    within,
                    output,
                    MatchExpressionsOfTests.columns(OUTPUT, List.of(0, 1, 2, 3)),
                    OUTPUT,
                    SqlSpan.NONE);
            return new MatchOperator(spec, context);
        }

        /** What must come out; null where a skip leads nowhere or several results are right. */
        @Nullable
        List<String> expected(List<List<Row>> partitions) {
            List<String> expected = new ArrayList<>();
            for (List<Row> rows : partitions) {
                NaiveMatcher matcher = new NaiveMatcher(rows, skip, skipVariable, within);
                List<Match> matches = matcher.matches(pattern);
                if (matches == null || matcher.isAmbiguous()) {
                    return null;
                }
                matches.forEach(match -> expected.add(text(rows, match)));
            }
            Collections.sort(expected);
            return expected;
        }

        private static String text(List<Row> rows, Match match) {
            int[] ones = IntStream.range(0, match.variables().size())
                    .filter(i -> match.variables().get(i) == 1)
                    .toArray();
            return "+I | " + rows.get(match.first()).id() + " | "
                    + rows.get(match.last()).id() + " | "
                    + (ones.length < 2
                            ? "NULL"
                            : rows.get(match.first() + ones[1]).id())
                    + " | "
                    + match.variables().stream().filter(v -> v == 0).count();
        }
    }

    private static List<List<Row>> rows(Random random) {
        List<List<Row>> partitions = new ArrayList<>();
        long id = 0;
        for (int k = 0; k < KEYS; k++) {
            List<Row> rows = new ArrayList<>();
            long time = 0;
            for (int i = random.nextInt(25); i > 0; i--) {
                time += 1 + random.nextInt(3);
                rows.add(new Row(time, id++, random.nextInt(16)));
            }
            partitions.add(rows);
        }
        return partitions;
    }

    @Test
    void findsWhatTryingAllWaysFinds() {
        int found = 0;
        for (long seed = 0; seed < 800; seed++) {
            Random random = new Random(seed);
            Case search = Case.random(random);
            List<List<Row>> partitions = rows(random);
            List<String> expected = search.expected(partitions);
            if (expected != null) {
                found += expected.size();
                assertThat(run(search, partitions, random))
                        .as("seed " + seed + " " + search)
                        .isEqualTo(expected);
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    /** Feeds the rows out of order, as far as the watermark allows, with restarts at other parallelisms in between. */
    private List<String> run(Case search, List<List<Row>> partitions, Random random) {
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < KEYS; k++) {
            for (Row row : partitions.get(k)) {
                lines.add(String.format(Locale.ROOT, "%04d", row.time()) + k + " | " + text(k, row));
            }
        }
        Collections.sort(lines);
        List<String> results = new ArrayList<>();
        int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5);
        try (OperatorHarness harness = new OperatorHarness(search::operator, OUTPUT, memory.allocator(), cut)
                .routed(List.of(INPUT), List.of(List.of(0)))) {
            int from = 0;
            while (from < lines.size()) {
                int end = Math.min(lines.size(), from + 1 + random.nextInt(12));
                List<String> batch = new ArrayList<>(lines.subList(from, end));
                long last = Long.parseLong(lines.get(end - 1).substring(0, 4));
                Collections.shuffle(batch, random);
                harness.rows(
                        0,
                        INPUT,
                        String.join(
                                "\n",
                                batch.stream().map(line -> line.substring(8)).toList()));
                if (random.nextInt(3) > 0) {
                    harness.watermark(last - 1);
                }
                if (random.nextInt(4) == 0) {
                    harness.restart(1 + random.nextInt(3));
                }
                from = end;
            }
            results.addAll(harness.end().takeRows());
        }
        results.sort(Comparator.naturalOrder());
        return results;
    }

    private static String text(int key, Row row) {
        StringBuilder text = new StringBuilder()
                .append(key)
                .append(" | 1970-01-01 00:00:0")
                .append(row.time() / 1000)
                .append('.')
                .append(String.format(Locale.ROOT, "%03d", row.time() % 1000))
                .append(" | ")
                .append(row.id());
        for (int v = 0; v < 4; v++) {
            text.append(" | ").append((row.takers() >> v & 1) != 0);
        }
        return text.toString();
    }

    @Test
    void dropsLateRowsAndForgetsPartitions() {
        Case search = new Case(
                new NaiveMatcher.Sequence(List.of(new NaiveMatcher.One(0), new NaiveMatcher.One(1))),
                MatchSpec.Skip.NEXT_ROW,
                0,
                5,
                new boolean[] {true, true, true, true});
        try (OperatorHarness harness = new OperatorHarness(search::operator, OUTPUT, memory.allocator())) {
            harness.rows(0, INPUT, text(1, new Row(10, 1, 1)))
                    .watermark(10)
                    .rows(0, INPUT, text(1, new Row(10, 2, 2)))
                    .rows(0, INPUT, text(1, new Row(11, 3, 2)));
            assertThat(harness.watermark(12).takeRows()).containsExactly("+I | 1 | 3 | NULL | 1");
            assertThat(harness.counter("late_rows")).isEqualTo(1);
            harness.rows(0, INPUT, text(2, new Row(20, 4, 1)))
                    .watermark(20)
                    .restart()
                    .watermark(25)
                    .restart();
            assertThat(harness.end().takeRows()).isEmpty();
        }
    }
}
