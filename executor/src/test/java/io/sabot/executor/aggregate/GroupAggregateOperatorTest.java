package io.sabot.executor.aggregate;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.BOOLEAN;
import static io.sabot.catalog.type.AtomicType.DOUBLE;
import static io.sabot.catalog.type.AtomicType.INT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.ChainedOperator;
import io.sabot.executor.operator.Changelog;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.parser.error.SabotException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class GroupAggregateOperatorTest {
    private static final AtomicType DECIMAL = AtomicType.decimal(10, 2);
    /** k, v, s, d, keep */
    private static final Schema INPUT = Schema.of(
            new Field("k", BIGINT),
            new Field("v", INT),
            new Field("s", STRING),
            new Field("d", DECIMAL),
            new Field("keep", BOOLEAN));

    private static AggregateSpec call(AggregateFunction function, int argument, DataType result) {
        return AggregateSpec.of(function, List.of(argument), List.of(INPUT.type(argument)), result);
    }

    private static AggregateSpec distinct(AggregateFunction function, int argument, int filter, DataType result) {
        return new AggregateSpec(function, true, List.of(argument), List.of(INPUT.type(argument)), filter, result);
    }

    private static final List<AggregateSpec> SPLITTABLE = List.of(
            AggregateSpec.of(AggregateFunction.COUNT, List.of(), List.of(), BIGINT),
            call(AggregateFunction.COUNT, 1, BIGINT),
            call(AggregateFunction.SUM, 1, INT),
            call(AggregateFunction.AVG, 1, INT),
            call(AggregateFunction.SUM, 3, AtomicType.decimal(38, 2)),
            call(AggregateFunction.AVG, 3, AtomicType.decimal(38, 6)),
            call(AggregateFunction.VAR_POP, 1, DOUBLE),
            call(AggregateFunction.STDDEV_SAMP, 1, INT),
            new AggregateSpec(AggregateFunction.SUM0, false, List.of(1), List.of(INT), 4, INT));
    private static final List<AggregateSpec> EXTREMES = List.of(
            call(AggregateFunction.MIN, 1, INT),
            call(AggregateFunction.MAX, 2, STRING),
            call(AggregateFunction.MIN, 2, STRING),
            call(AggregateFunction.MAX, 3, DECIMAL));
    private static final List<AggregateSpec> DISTINCTS = List.of(
            distinct(AggregateFunction.COUNT, 2, -1, BIGINT),
            distinct(AggregateFunction.SUM, 1, 4, INT),
            distinct(AggregateFunction.COUNT, 1, 4, BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private static Schema output(List<AggregateSpec> calls) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("k", BIGINT));
        calls.forEach(call -> fields.add(new Field("a" + fields.size(), call.resultType())));
        return new Schema(fields);
    }

    private static Schema partial(List<AggregateSpec> calls) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("k", BIGINT));
        for (AggregateSpec call : calls) {
            List<DataType> types = switch (call.function()) {
                case COUNT -> List.of(BIGINT);
                case SUM, SUM0, AVG ->
                    List.of(call.argumentTypes().get(0).equals(DECIMAL) ? AtomicType.decimal(38, 2) : BIGINT, BIGINT);
                case MIN, MAX -> List.of(call.resultType());
                default -> List.of(DOUBLE, DOUBLE, BIGINT);
            };
            types.forEach(type -> fields.add(new Field("p" + fields.size(), type)));
        }
        fields.add(new Field("rows", BIGINT));
        return new Schema(fields);
    }

    private static GroupAggregateSpec spec(List<AggregateSpec> calls, boolean retracting, boolean atEnd) {
        return new GroupAggregateSpec(List.of(0), List.of(BIGINT), calls, retracting, atEnd, false, output(calls));
    }

    private static OperatorOpener twoPhases(List<AggregateSpec> calls, boolean retracting, boolean atEnd) {
        GroupAggregateSpec local =
                new GroupAggregateSpec(List.of(0), List.of(BIGINT), calls, retracting, false, false, partial(calls));
        return context -> new ChainedOperator(
                own -> new LocalGroupAggregateOperator(local, own),
                own -> new GroupAggregateOperator(spec(calls, retracting, atEnd), true, own),
                context);
    }

    @Test
    void putsOutOneUpdatePerGroupAndBatch() {
        List<AggregateSpec> calls = SPLITTABLE.subList(0, 3);
        try (OperatorHarness harness = new OperatorHarness(
                context -> new GroupAggregateOperator(spec(calls, true, false), false, context),
                output(calls),
                memory.allocator())) {
            harness.rows(0, INPUT, """
                    +I | 1 | 5 | x | 1.00 | true
                    +I | 2 | 7 | x | 1.00 | true
                    +I | 1 | NULL | x | 1.00 | true
                    """);
            assertThat(harness.take()).containsExactly("+I | 1 | 2 | 1 | 5", "+I | 2 | 1 | 1 | 7");
            harness.rows(0, INPUT, """
                    -U | 1 | 5 | x | 1.00 | true
                    +U | 1 | 6 | x | 1.00 | true
                    -D | 2 | 7 | x | 1.00 | true
                    """);
            assertThat(harness.take())
                    .containsExactly("-U | 1 | 2 | 1 | 5", "+U | 1 | 2 | 1 | 6", "-D | 2 | 1 | 1 | 7");
            assertThat(harness.state().size()).isEqualTo(1);
            harness.rows(0, INPUT, """
                    +I | 1 | 9 | x | 1.00 | true
                    -D | 1 | 9 | x | 1.00 | true
                    """);
            assertThat(harness.take()).isEmpty();
        }
    }

    @Test
    void aGroupWithoutKeysHasItsRowWhenAsked() {
        List<AggregateSpec> calls = SPLITTABLE.subList(0, 3);
        Schema output = output(calls).select(1, 2, 3);
        for (boolean atEnd : new boolean[] {true, false}) {
            GroupAggregateSpec spec = new GroupAggregateSpec(List.of(), List.of(), calls, true, atEnd, true, output);
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new GroupAggregateOperator(spec, false, context), output, memory.allocator())) {
                assertThat(harness.end().take()).contains("+I | 0 | 0 | NULL");
            }
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new GroupAggregateOperator(spec, false, context), output, memory.allocator())) {
                harness.barrier().barrier().rows(0, INPUT, "1 | 5 | x | 1.00 | true");
                harness.rows(0, INPUT, "-D | 1 | 5 | x | 1.00 | true").end();
                assertThat(new Changelog().apply(harness.takeRows()).rows()).containsExactly("0 | 0 | NULL");
            }
        }
    }

    @Test
    void emitsOnceAtTheEndAndHoldsWatermarks() {
        List<AggregateSpec> calls = SPLITTABLE.subList(0, 1);
        try (OperatorHarness harness = new OperatorHarness(
                context -> new GroupAggregateOperator(spec(calls, false, true), false, context),
                output(calls),
                memory.allocator())) {
            harness.rows(0, INPUT, "1 | 5 | x | 1.00 | true").watermark(10).barrier();
            assertThat(harness.take()).isEmpty();
            assertThat(harness.end().take()).containsExactly("+I | 1 | 1", "W END");
        }
    }

    // ---- property

    private record Row(
            @Nullable Long k,
            @Nullable Integer v,
            @Nullable String s,
            BigDecimal d,
            @Nullable Boolean keep) {
        static Row random(Random random) {
            return new Row(
                    random.nextInt(8) == 0 ? null : (long) random.nextInt(4),
                    random.nextInt(5) == 0 ? null : random.nextInt(9) - 4,
                    random.nextInt(5) == 0 ? null : "x".repeat(random.nextInt(4)) + random.nextInt(5),
                    BigDecimal.valueOf(random.nextInt(2000) - 1000, 2),
                    random.nextInt(3) == 0 ? null : random.nextBoolean());
        }

        String text() {
            return k + " | " + v + " | " + s + " | " + d.toPlainString() + " | " + keep;
        }
    }

    private static @Nullable Object value(AggregateSpec call, List<Row> rows) {
        List<Row> kept = rows.stream()
                .filter(row -> call.filter() < 0 || Boolean.TRUE.equals(row.keep))
                .toList();
        if (call.arguments().isEmpty()) {
            return (long) kept.size();
        }
        List<Object> values = new ArrayList<>();
        for (Row row : kept) {
            Object value = switch (call.arguments().get(0)) {
                case 1 -> row.v;
                case 2 -> row.s;
                default -> row.d;
            };
            if (value != null && !(call.distinct() && values.contains(value))) {
                values.add(value);
            }
        }
        return ofValues(call, values);
    }

    private static @Nullable Object ofValues(AggregateSpec call, List<Object> values) {
        if (call.function() == AggregateFunction.COUNT) {
            return (long) values.size();
        }
        if (call.function() == AggregateFunction.SUM0) {
            return values.stream().mapToInt(v -> (Integer) v).sum();
        }
        if (values.isEmpty()) {
            return null;
        }
        boolean whole = values.get(0) instanceof Integer;
        int sum = whole ? values.stream().mapToInt(v -> (Integer) v).sum() : 0;
        BigDecimal decimalSum = whole || values.get(0) instanceof String
                ? BigDecimal.ZERO
                : values.stream().map(v -> (BigDecimal) v).reduce(BigDecimal.ZERO, BigDecimal::add);
        double n = values.size();
        double squares = whole
                ? values.stream()
                        .mapToDouble(v -> (double) (Integer) v * (Integer) v)
                        .sum()
                : 0;
        double spread = Math.max(0, squares - sum * (double) sum / n);
        return switch (call.function()) {
            case SUM -> whole ? (Object) sum : decimalSum;
            case AVG ->
                whole
                        ? (Object) (sum / values.size())
                        : decimalSum.divide(BigDecimal.valueOf(values.size()), 6, java.math.RoundingMode.HALF_UP);
            case VAR_POP -> spread / n;
            case STDDEV_SAMP -> n < 2 ? null : (Object) (int) Math.sqrt(spread / (n - 1));
            case MIN -> values.stream().min(GroupAggregateOperatorTest::compare).orElseThrow();
            case MAX -> values.stream().max(GroupAggregateOperatorTest::compare).orElseThrow();
            default -> throw new AssertionError(call);
        };
    }

    private static int compare(Object a, Object b) {
        if (a instanceof Integer number) {
            return number.compareTo((Integer) b);
        }
        return a instanceof String text ? text.compareTo((String) b) : ((BigDecimal) a).compareTo((BigDecimal) b);
    }

    private static List<String> naive(List<AggregateSpec> calls, List<Row> rows) {
        Map<String, List<Row>> groups = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> Objects.toString(row.k, "NULL"), TreeMap::new, Collectors.toList()));
        List<String> result = new ArrayList<>();
        groups.forEach((key, members) -> result.add(key + " | "
                + calls.stream()
                        .map(call -> Objects.toString(value(call, members), "NULL"))
                        .collect(Collectors.joining(" | "))));
        result.sort(null);
        return result;
    }

    @Test
    void agreesWithTheDefinitionAfterEveryBatch() {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            boolean retracting = random.nextBoolean();
            boolean phases = random.nextInt(3) == 0;
            boolean atEnd = random.nextInt(4) == 0;
            List<AggregateSpec> calls = new ArrayList<>(SPLITTABLE);
            if (!phases || !retracting) {
                calls.addAll(EXTREMES);
            }
            if (!phases) {
                calls.addAll(DISTINCTS);
            }
            OperatorOpener operator = phases
                    ? twoPhases(calls, retracting, atEnd)
                    : context -> new GroupAggregateOperator(spec(calls, retracting, atEnd), false, context);
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(7);
            String shown = "seed " + seed + " retracting " + retracting + " phases " + phases + " end " + atEnd
                    + " cut " + cut;
            List<Row> rows = new ArrayList<>();
            Changelog changelog = new Changelog();
            try (OperatorHarness harness = new OperatorHarness(operator, output(calls), memory.allocator(), cut)) {
                harness.routed(List.of(INPUT), List.of(List.of(0)));
                for (int step = 0; step < 12; step++) {
                    if (random.nextInt(5) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = 1 + random.nextInt(25); i < n; i++) {
                        boolean delete = retracting && !rows.isEmpty() && random.nextInt(5) < 2;
                        Row row = delete ? rows.remove(random.nextInt(rows.size())) : Row.random(random);
                        if (!delete) {
                            rows.add(row);
                        }
                        text.append(delete ? "-D | " : "+I | ")
                                .append(row.text().replace("null", "NULL"))
                                .append('\n');
                    }
                    harness.rows(0, INPUT, text.toString()).barrier();
                    if (!atEnd) {
                        assertThat(changelog.apply(harness.takeRows()).rows())
                                .as(shown)
                                .isEqualTo(naive(calls, rows));
                    }
                }
                assertThat(changelog.apply(harness.end().takeRows()).rows())
                        .as(shown)
                        .isEqualTo(naive(calls, rows));
            }
        }
    }

    @Test
    void picksTheFirstAndLastValueThatIsNotNull() {
        List<AggregateSpec> calls = List.of(
                call(AggregateFunction.FIRST_VALUE, 1, INT),
                call(AggregateFunction.LAST_VALUE, 1, INT),
                call(AggregateFunction.FIRST_VALUE, 2, STRING),
                call(AggregateFunction.LAST_VALUE, 2, STRING),
                call(AggregateFunction.LAST_VALUE, 3, DECIMAL),
                call(AggregateFunction.FIRST_VALUE, 4, BOOLEAN));
        try (OperatorHarness harness = new OperatorHarness(
                context -> new GroupAggregateOperator(spec(calls, false, true), false, context),
                output(calls),
                memory.allocator(),
                1)) {
            harness.rows(0, INPUT, """
                    1 | NULL | a    | 1.00 | NULL
                    1 | 5    | NULL | 2.50 | false
                    2 | NULL | NULL | NULL | NULL
                    1 | 6    | bcd  | NULL | true
                    1 | NULL | e    | 3.25 | true
                    """);
            assertThat(harness.end().takeRows())
                    .containsExactlyInAnyOrder(
                            "+I | 1 | 5 | 6 | a | e | 3.25 | false",
                            "+I | 2 | NULL | NULL | NULL | NULL | NULL | NULL");
        }
    }

    @Test
    void listsForgetTheOldestEqualValue() {
        List<AggregateSpec> calls = List.of(
                call(AggregateFunction.LISTAGG, 2, STRING),
                call(AggregateFunction.FIRST_VALUE, 2, STRING),
                call(AggregateFunction.LAST_VALUE, 2, STRING));
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Map<Long, List<String>> lists = new TreeMap<>();
            Changelog changelog = new Changelog();
            int cut = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(5);
            try (OperatorHarness harness = new OperatorHarness(
                    context -> new GroupAggregateOperator(spec(calls, true, false), false, context),
                    output(calls),
                    memory.allocator(),
                    cut)) {
                harness.routed(List.of(INPUT), List.of(List.of(0)));
                for (int step = 0; step < 10; step++) {
                    if (random.nextInt(4) == 0) {
                        harness.restart(1 + random.nextInt(3));
                    }
                    StringBuilder text = new StringBuilder();
                    for (int i = 0, n = 1 + random.nextInt(20); i < n; i++) {
                        long key = random.nextInt(3);
                        List<String> list = lists.computeIfAbsent(key, k -> new ArrayList<>());
                        boolean delete = !list.isEmpty() && random.nextInt(5) < 2;
                        String value = delete
                                ? list.get(random.nextInt(list.size()))
                                : "v".repeat(1 + random.nextInt(3)) + random.nextInt(4);
                        if (delete) {
                            list.remove(value);
                        } else {
                            list.add(value);
                        }
                        text.append(delete ? "-D | " : "+I | ")
                                .append(key)
                                .append(" | 1 | ")
                                .append(value)
                                .append(" | 1.00 | true\n");
                    }
                    harness.rows(0, INPUT, text.toString()).barrier();
                    List<String> expected = lists.entrySet().stream()
                            .filter(list -> !list.getValue().isEmpty())
                            .map(list -> list.getKey() + " | " + quoted(list.getValue()) + " | "
                                    + list.getValue().get(0) + " | "
                                    + list.getValue().get(list.getValue().size() - 1))
                            .toList();
                    assertThat(changelog.apply(harness.takeRows()).rows())
                            .as("seed " + seed)
                            .containsExactlyInAnyOrderElementsOf(expected);
                }
            }
        }
    }

    private static String quoted(List<String> list) {
        String joined = String.join(",", list);
        return list.size() > 1 ? "'" + joined + "'" : joined;
    }

    @Test
    void aValueTakenBackBeforeItCameWaits() {
        List<AggregateSpec> calls = List.of(call(AggregateFunction.LISTAGG, 2, STRING));
        try (OperatorHarness harness = new OperatorHarness(
                context -> new GroupAggregateOperator(spec(calls, true, false), false, context),
                output(calls),
                memory.allocator())) {
            harness.rows(0, INPUT, "+I | 1 | 1 | a | 1.00 | true\n+I | 1 | 1 | c | 1.00 | true");
            harness.rows(0, INPUT, "-D | 1 | 1 | b | 1.00 | true");
            harness.rows(0, INPUT, "+I | 1 | 1 | b | 1.00 | true\n+I | 1 | 1 | d | 1.00 | true");
            assertThat(harness.take()).containsExactly("+I | 1 | 'a,c'", "-U | 1 | 'a,c'", "+U | 1 | 'a,c,d'");
        }
    }

    @Test
    void aScalarSubQueryWithSeveralRowsIsAnError() {
        List<AggregateSpec> calls = List.of(call(AggregateFunction.SINGLE_VALUE, 2, STRING));
        try (OperatorHarness harness = new OperatorHarness(
                context -> new GroupAggregateOperator(spec(calls, true, false), false, context),
                output(calls),
                memory.allocator())) {
            harness.rows(0, INPUT, "+I | 1 | 1 | a | 1.00 | true");
            harness.rows(0, INPUT, "-U | 1 | 1 | a | 1.00 | true\n+U | 1 | 1 | b | 1.00 | true");
            assertThat(harness.take()).containsExactly("+I | 1 | a", "-U | 1 | a", "+U | 1 | b");
            assertThatThrownBy(() -> harness.rows(0, INPUT, "+I | 1 | 1 | c | 1.00 | true"))
                    .isInstanceOf(SabotException.class)
                    .hasMessageContaining("more than one row");
        }
    }

    @Test
    void floatSumsForgetWhatWasTakenBack() {
        Schema input = Schema.of(new Field("k", BIGINT), new Field("x", DOUBLE));
        List<AggregateSpec> calls = List.of(
                AggregateSpec.of(AggregateFunction.SUM, List.of(1), List.of(DOUBLE), DOUBLE),
                AggregateSpec.of(AggregateFunction.AVG, List.of(1), List.of(DOUBLE), DOUBLE));
        try (OperatorHarness harness = new OperatorHarness(
                context -> new GroupAggregateOperator(spec(calls, true, true), false, context),
                output(calls),
                memory.allocator())) {
            harness.rows(0, input, """
                    +I | 1 | 1E20
                    +I | 1 | 1.0
                    +I | 1 | NaN
                    +I | 1 | Infinity
                    -D | 1 | 1E20
                    -D | 1 | NaN
                    -D | 1 | Infinity
                    """);
            assertThat(harness.end().takeRows()).containsExactly("+I | 1 | 1.0 | 1.0");
        }
    }
}
