package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** Measures expressions: prints nanoseconds of CPU per row, median of several rounds. A main, not a test. */
public final class ExpressionSpeed {
    private static final Schema SCHEMA = Schema.of(
            new Field("a", AtomicType.BIGINT.withNullable(false)),
            new Field("b", AtomicType.BIGINT.withNullable(false)),
            new Field("x", AtomicType.BIGINT),
            new Field("y", AtomicType.BIGINT),
            new Field("i", AtomicType.INT),
            new Field("d", AtomicType.DOUBLE),
            new Field("s", AtomicType.STRING),
            new Field("ts", AtomicType.timestamp(3)),
            new Field("p", AtomicType.decimal(12, 2)));

    private static final List<String> PROJECTIONS = List.of(
            "(a * 908 + b) * 3 - a / 7",
            "(x * 908 + y) * 3 - x / 7",
            "0.908 * a",
            "i + 1",
            "d * 2e0 + i",
            "p * 1.19",
            "p + p",
            "CASE WHEN a > 500 THEN 1 WHEN a > 100 THEN 2 ELSE 3 END",
            "CASE WHEN b <> 0 THEN a / b ELSE 0 END",
            "FLOOR(ts TO HOUR)",
            "EXTRACT(HOUR FROM ts)",
            "EXTRACT(MONTH FROM ts)",
            "DATE_FORMAT(ts, 'yyyy-MM-dd')",
            "UPPER(s)",
            "SUBSTRING(s FROM 2 FOR 3)",
            "s || '-'",
            "CHAR_LENGTH(s)",
            "CAST(a AS VARCHAR)",
            "INITCAP(s)");

    private static final List<String> FILTERS = List.of(
            "MOD(a, 123) = 0",
            "a * 908 > b AND (a / 7 = 0 OR b < 500)",
            "x > 500",
            "i > 500",
            "s = 'abcdefg7'",
            "s LIKE 'abc%'",
            "s LIKE '%g7%'",
            "a IN (1, 2, 3, 5, 8, 13, 21)",
            "ts >= TIMESTAMP '2023-11-14 00:00:00' AND ts < TIMESTAMP '2023-11-15 00:00:00'");

    private ExpressionSpeed() {}

    /** Arguments: rounds (default 7) and milliseconds per round (default 100). */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 100;
        SqlExpressions.declare("DATE_FORMAT", ReturnTypes.explicit(SqlTypeName.VARCHAR, Integer.MAX_VALUE));
        ExpressionCompiler compiler =
                new ExpressionCompiler(new EvaluationContext(ZoneOffset.UTC, () -> 0, () -> 0, () -> 0));
        try (BufferAllocator allocator = Allocators.root();
                Batch batch = batch(allocator)) {
            for (String sql : PROJECTIONS) {
                try (Projector projector = compiler.projector(SqlExpressions.parseAll(SCHEMA, sql), SCHEMA)) {
                    report(
                            sql,
                            rounds,
                            millis,
                            () -> projector.project(batch, null, allocator).forEach(FieldVector::close));
                }
            }
            for (String sql : FILTERS) {
                try (Predicate predicate = compiler.predicate(SqlExpressions.parse(SCHEMA, sql), SCHEMA)) {
                    report("WHERE " + sql, rounds, millis, () -> predicate.select(batch));
                }
            }
        }
    }

    private static void report(String name, int rounds, long millis, Runnable step) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] nanos = new double[rounds + 3];
        for (int round = 0; round < nanos.length; round++) {
            long start = threads.getCurrentThreadCpuTime();
            long steps = 0;
            long spent = 0;
            while (spent < millis * 1_000_000) {
                for (int i = 0; i < 20; i++) {
                    step.run();
                }
                steps += 20;
                spent = threads.getCurrentThreadCpuTime() - start;
            }
            nanos[round] = spent / ((double) steps * Batch.DEFAULT_ROWS);
        }
        double[] warm = Arrays.copyOfRange(nanos, 3, nanos.length);
        Arrays.sort(warm);
        System.out.printf("%7.2f ns/row (least %.2f)  %s%n", warm[warm.length / 2], warm[0], name);
    }

    private static Batch batch(BufferAllocator allocator) {
        Random random = new Random(1);
        try (BatchBuilder builder = new BatchBuilder(SCHEMA, allocator, Batch.DEFAULT_ROWS)) {
            for (int row = 0; row < Batch.DEFAULT_ROWS; row++) {
                builder.column(0).appendLong(random.nextInt(1000));
                builder.column(1).appendLong(1 + random.nextInt(1000));
                for (int column = 2; column < SCHEMA.size(); column++) {
                    if (random.nextInt(10) == 0) {
                        builder.column(column).appendNull();
                        continue;
                    }
                    int value = random.nextInt(1000);
                    switch (((AtomicType) SCHEMA.type(column)).kind()) {
                        case BIGINT -> builder.column(column).appendLong(value);
                        case INT -> builder.column(column).appendInt(value);
                        case DOUBLE -> builder.column(column).appendDouble(value / 8.0);
                        case VARCHAR -> builder.column(column).appendText("abcdefg" + value % 20);
                        case TIMESTAMP -> builder.column(column).appendLong(1_700_000_000_000L + value * 60_000L);
                        case DECIMAL -> builder.column(column).appendDecimal(value, 0);
                        default -> throw new AssertionError(column);
                    }
                }
                builder.endRow();
            }
            return builder.finish();
        }
    }
}
