package io.sabot.executor.rank;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.DOUBLE;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SortOperatorTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("a", BIGINT), new Field("s", STRING), new Field("d", DOUBLE));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private record Row(
            @Nullable Long a, @Nullable String s, @Nullable Double d) {
        String text() {
            return (a + " | " + (s != null && s.isEmpty() ? "''" : s) + " | " + d).replace("null", "NULL");
        }
    }

    private static <T extends Comparable<T>> Comparator<T> column(boolean descending, boolean nullsFirst) {
        Comparator<T> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return nullsFirst ? Comparator.nullsFirst(values) : Comparator.nullsLast(values);
    }

    @Test
    void sortsAsTheCollationsSayAndKeepsArrivalOrderOfEquals() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            boolean[] down = {random.nextBoolean(), random.nextBoolean(), random.nextBoolean()};
            boolean[] first = {random.nextBoolean(), random.nextBoolean(), random.nextBoolean()};
            List<SortColumn> order = List.of(
                    new SortColumn(1, down[0], first[0]),
                    new SortColumn(0, down[1], first[1]),
                    new SortColumn(2, down[2], first[2]));
            long offset = random.nextInt(5);
            long fetch = random.nextInt(3) == 0 ? -1 : random.nextInt(12);
            List<Row> rows = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                rows.add(new Row(
                        random.nextInt(4) == 0 ? null : (long) random.nextInt(5) - 2,
                        random.nextInt(4) == 0
                                ? null
                                : "b".repeat(random.nextInt(3)) + (random.nextBoolean() ? "a" : ""),
                        random.nextInt(4) == 0 ? null : (double) random.nextInt(3) - 1));
            }
            List<String> expected = rows.stream()
                    .sorted(Comparator.comparing(Row::s, SortOperatorTest.<String>column(down[0], first[0]))
                            .thenComparing(Row::a, SortOperatorTest.<Long>column(down[1], first[1]))
                            .thenComparing(Row::d, SortOperatorTest.<Double>column(down[2], first[2])))
                    .skip(offset)
                    .limit(fetch < 0 ? Long.MAX_VALUE : fetch)
                    .map(row -> "+I | " + row.text())
                    .toList();
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(7);
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new SortOperator(SCHEMA, order, offset, fetch, context),
                    SCHEMA,
                    memory.allocator(),
                    cut)) {
                harness.rows(
                        0,
                        SCHEMA,
                        String.join("\n", rows.stream().map(Row::text).toList()));
                harness.watermark(3).restart();
                assertThat(harness.take()).isEmpty();
                assertThat(harness.end().takeRows()).as("seed " + seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void limitPassesTheFirstRowsThatCome() {
        try (OperatorHarness harness =
                new OperatorHarness(context -> new LimitOperator(1, 3, context), SCHEMA, memory.allocator(), 2)) {
            harness.rows(0, SCHEMA, "1 | a | 1\n2 | a | 1\n3 | a | 1\n4 | a | 1\n5 | a | 1\n6 | a | 1");
            assertThat(harness.end().takeRows())
                    .containsExactly("+I | 2 | a | 1.0", "+I | 3 | a | 1.0", "+I | 4 | a | 1.0");
        }
    }
}
