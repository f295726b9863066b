package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels against Calcite's own code on random data, for row counts around the borders of 64-row words. */
final class DifferentialTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("i", AtomicType.INT),
            new Field("j", AtomicType.INT),
            new Field("b", AtomicType.BIGINT),
            new Field("n", AtomicType.BIGINT.withNullable(false)),
            new Field("d", AtomicType.DOUBLE),
            new Field("p", AtomicType.decimal(12, 3)),
            new Field("s", AtomicType.STRING),
            new Field("t", AtomicType.STRING),
            new Field("ts", AtomicType.timestamp(3)),
            new Field("dt", AtomicType.DATE),
            new Field("f", AtomicType.BOOLEAN),
            new Field("g", AtomicType.BOOLEAN));

    private static final int[] COUNTS = {1, 63, 64, 65, 130, 500};

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    static Stream<String> expressions() {
        return Stream.of(
                "i + j",
                "b - i",
                "n * 3 + b",
                "i * j - n",
                "-i",
                "ABS(b)",
                "d * 2.5e0 + i",
                "d / 3e0",
                "p + p",
                "p * 2",
                "p - 0.5",
                "b / 7",
                "MOD(b, 123)",
                "n + 1",
                "i < j",
                "i <= b",
                "b = n",
                "d >= 0e0",
                "d <> i",
                "p > 1.5",
                "p = i",
                "s < t",
                "s = t",
                "s >= 'm'",
                "ts < TIMESTAMP '2000-01-01 00:00:00'",
                "dt > DATE '1970-01-01'",
                "f = g",
                "i <> j AND d < 1e0",
                "f AND g",
                "f OR g",
                "NOT f",
                "(f OR i > 0) AND (g OR j < 0)",
                "f IS TRUE",
                "f IS NOT FALSE",
                "g IS UNKNOWN",
                "s IS NULL",
                "i IS NOT NULL",
                "i IS DISTINCT FROM j",
                "s IS NOT DISTINCT FROM t",
                "CASE WHEN i > 0 THEN b WHEN j > 0 THEN n ELSE -1 END",
                "CASE WHEN f THEN s ELSE t END",
                "CASE WHEN i > 5 THEN d WHEN f THEN 1e0 END",
                "COALESCE(i, j, 0)",
                "COALESCE(s, t)",
                "NULLIF(i, j)",
                "CASE WHEN n > 0 THEN p END",
                "CASE WHEN g THEN f ELSE i > j END",
                "i IN (1, 2, 3, 4, 5, 100)",
                "i NOT IN (1, 2, 3, 4, 5)",
                "s IN ('a', 'ab', 'ba', 'bb', 'äb')",
                "i BETWEEN -5 AND j",
                "b > 5 AND b < 100 OR b = 7",
                "CAST(i AS BIGINT)",
                "CAST(i AS DOUBLE)",
                "CAST(i AS DECIMAL(12, 2))",
                "CAST(i AS VARCHAR)",
                "CAST(p AS DOUBLE)",
                "CAST(p AS DECIMAL(12, 1))",
                "CAST(dt AS VARCHAR)",
                "CAST(dt AS TIMESTAMP(3))",
                "CAST(ts AS DATE)",
                "ts + INTERVAL '3' HOUR",
                "ts - INTERVAL '7' MONTH",
                "dt + INTERVAL '5' DAY",
                "TIMESTAMPDIFF(MINUTE, ts, TIMESTAMP '2000-01-01 00:00:00')",
                "TIMESTAMPDIFF(MONTH, ts, TIMESTAMP '2000-01-01 00:00:00')",
                "FLOOR(ts TO DAY)",
                "FLOOR(ts TO HOUR)",
                "FLOOR(ts TO MONTH)",
                "FLOOR(ts TO WEEK)",
                "CEIL(ts TO MINUTE)",
                "CEIL(ts TO YEAR)",
                "FLOOR(dt TO MONTH)",
                "EXTRACT(YEAR FROM ts)",
                "EXTRACT(MONTH FROM dt)",
                "EXTRACT(DAY FROM ts)",
                "EXTRACT(DOW FROM ts)",
                "EXTRACT(DOY FROM dt)",
                "EXTRACT(WEEK FROM dt)",
                "EXTRACT(HOUR FROM ts)",
                "EXTRACT(MINUTE FROM ts)",
                "EXTRACT(SECOND FROM ts)",
                "EXTRACT(QUARTER FROM ts)",
                "EXTRACT(CENTURY FROM ts)",
                "CHAR_LENGTH(s)",
                "UPPER(s)",
                "LOWER(t)",
                "SUBSTRING(s FROM 2 FOR 2)",
                "SUBSTRING(s FROM 3)",
                "s || t",
                "TRIM(BOTH 'a' FROM s)",
                "TRIM(s)",
                "s LIKE 'a%'",
                "s LIKE '%b'",
                "s LIKE '%ab%'",
                "s LIKE '_a%b_'",
                "s LIKE '%a%b%a%'",
                "s LIKE t",
                "POSITION(t IN s)",
                "REPLACE(s, 'ab', 'x')",
                "FLOOR(d)",
                "CEIL(d)",
                "FLOOR(p)");
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void kernelsAgreeWithCalcite(String sql) {
        RexNode expression = SqlExpressions.parse(SCHEMA, sql);
        Schema result = Schema.of(new Field("r", RexTypes.of(expression.getType())));
        for (int count : COUNTS) {
            long seed = sql.hashCode() * 31L + count;
            try (Batch batch = random(new Random(seed), count)) {
                List<String> kernel = evaluate(expression, batch, result, true);
                List<String> calcite = evaluate(expression, batch, result, false);
                assertThat(kernel).as("%s, seed %d", sql, seed).isEqualTo(calcite);
            }
        }
    }

    private List<String> evaluate(RexNode expression, Batch batch, Schema result, boolean kernels) {
        try (Arena constants = new Arena(512);
                Evaluation evaluation = new Evaluation(ExpressionHarness.CONTEXT, 100)) {
            Compilation compilation = new Compilation(SCHEMA, constants, new GeneratedLoops());
            Node node = kernels
                    ? compilation.compileAll(List.of(expression)).get(0)
                    : Objects.requireNonNull(new GeneratedLoops(true).compile((RexCall) expression, compilation));
            Frame frame = evaluation.begin(batch, null, batch.rowCount(), memory.allocator());
            FieldVector vector =
                    Stores.store(node.evaluate(frame), result.type(0), "r", batch.rowCount(), memory.allocator());
            try (Batch column = Batch.of(List.of(vector), batch.rowCount())) {
                return BatchText.rows(column, result);
            } finally {
                evaluation.end();
            }
        }
    }

    private Batch random(Random random, int count) {
        try (BatchBuilder builder = new BatchBuilder(SCHEMA, memory.allocator(), count)) {
            for (int row = 0; row < count; row++) {
                for (int column = 0; column < SCHEMA.size(); column++) {
                    if (SCHEMA.type(column).nullable() && random.nextInt(6) == 0) {
                        builder.column(column).appendNull();
                    } else {
                        append(builder, column, random);
                    }
                }
                builder.endRow();
            }
            return builder.finish();
        }
    }

    private static void append(BatchBuilder builder, int column, Random random) {
        var target = builder.column(column);
        switch (((AtomicType) SCHEMA.type(column)).kind()) {
            case INT -> target.appendInt(random.nextInt(20) - 10);
            case BIGINT -> target.appendLong(random.nextInt(1000) - 500);
            case DOUBLE -> target.appendDouble(random.nextInt(41) / 4.0 - 5);
            case DECIMAL ->
                target.appendDecimal(new BigDecimal(BigInteger.valueOf(random.nextInt(20_000) - 10_000), 3));
            case VARCHAR -> target.appendText(text(random));
            case TIMESTAMP -> target.appendLong(random.nextLong() % 4_000_000_000_000L);
            case DATE -> target.appendInt(random.nextInt(60_000) - 30_000);
            case BOOLEAN -> target.appendBoolean(random.nextBoolean());
            default -> throw new AssertionError(column);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextBoolean() ? 4 : 12); i > 0; i--) {
            text.append("aaabbb mä€".charAt(random.nextInt(10)));
        }
        return text.toString();
    }
}
