package io.sabot.executor.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.expression.EvaluationContext;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.SqlExpressions;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.OperatorHarness;
import io.sabot.parser.error.SqlSpan;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows go with the values that they came with, whatever the order of halves, across restarts at other parallelisms. */
final class RememberOperatorTest {
    private static final Schema INPUT = Schema.of(new Field("a", AtomicType.BIGINT), new Field("s", AtomicType.STRING));
    private static final Schema OUTPUT = Schema.of(
            new Field("s", AtomicType.STRING),
            new Field("u", AtomicType.DOUBLE),
            new Field("b", AtomicType.BIGINT),
            new Field("v", AtomicType.DOUBLE));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final ExpressionCompiler compiler =
            new ExpressionCompiler(new EvaluationContext(ZoneOffset.UTC, () -> 0, () -> 0, () -> 0));

    private RememberOperator operator(OperatorContext context) {
        return new RememberOperator(
                context.own(compiler.projector(SqlExpressions.parseAll(INPUT, "s, RAND(), a + 1, RAND() + a"), INPUT)),
                INPUT,
                OUTPUT,
                List.of(1, 3),
                SqlSpan.NONE,
                context);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatComesAndGoesLeavesNothing(long seed) {
        Random random = new Random(seed);
        int cut = seed % 2 == 0 ? 1 : Integer.MAX_VALUE;
        Map<String, Integer> rows = new HashMap<>();
        Map<String, Integer> given = new HashMap<>();
        try (OperatorHarness harness = new OperatorHarness(this::operator, OUTPUT, memory.allocator(), cut)) {
            harness.routed(List.of(INPUT), List.of(List.of(0, 1)));
            for (int step = 0; step < 60; step++) {
                StringBuilder table = new StringBuilder();
                for (int i = 0; i < 1 + random.nextInt(6); i++) {
                    String row = (random.nextInt(4) == 0 ? "NULL" : random.nextInt(3)) + " | s" + random.nextInt(2);
                    boolean comes = random.nextBoolean();
                    rows.merge(row, comes ? 1 : -1, Integer::sum);
                    table.append(comes ? "+I | " : "-D | ").append(row).append('\n');
                }
                harness.rows(0, INPUT, table.toString());
                fold(harness, given);
                assertThat(given.values()).as("seed %d", seed).allMatch(count -> Math.abs(count) == 1);
                if (random.nextInt(10) == 0) {
                    harness.restart(1 + random.nextInt(3));
                }
            }
            rows.forEach((row, count) ->
                    harness.rows(0, INPUT, ((count > 0 ? "-D | " : "+I | ") + row + "\n").repeat(Math.abs(count))));
            fold(harness, given);
            assertThat(given).as("seed %d", seed).isEmpty();
        }
    }

    private static void fold(OperatorHarness harness, Map<String, Integer> given) {
        for (String line : harness.takeRows()) {
            given.merge(line.substring(5), line.startsWith("+") ? 1 : -1, Integer::sum);
        }
        given.values().removeIf(count -> count == 0);
    }
}
