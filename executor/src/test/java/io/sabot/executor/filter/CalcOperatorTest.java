package io.sabot.executor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.expression.EvaluationContext;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.expression.Projector;
import io.sabot.executor.expression.SqlExpressions;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.state.StateStore;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CalcOperatorTest {
    private static final Schema SCHEMA =
            Schema.of(new Field("a", AtomicType.BIGINT), new Field("s", AtomicType.STRING));
    private static final SqlSpan SPAN = new SqlSpan(2, 3, 2, 9);
    private static final String TABLE = """
            +I | 1 | x
            -U | 2 | y
            +U | 30 | y
            -D | NULL | z""";

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final ExpressionCompiler compiler =
            new ExpressionCompiler(new EvaluationContext(ZoneOffset.UTC, () -> 0, () -> 0, () -> 0));
    private final List<Batch> emitted = new ArrayList<>();
    private final Owned owned = new Owned();

    @AfterEach
    void closeEmitted() {
        emitted.forEach(Batch::close);
        owned.close();
    }

    private final Output output = new Output() {
        @Override
        public void emit(Batch batch) {
            emitted.add(batch);
        }

        @Override
        public void emit(Watermark watermark) {}
    };

    private CalcOperator operator(@Nullable String condition, @Nullable String select) {
        Predicate predicate =
                condition == null ? null : compiler.predicate(SqlExpressions.parse(SCHEMA, condition), SCHEMA);
        Projector projector =
                select == null ? null : compiler.projector(SqlExpressions.parseAll(SCHEMA, select), SCHEMA);
        if (predicate != null) {
            owned.own(predicate);
        }
        if (projector != null) {
            owned.own(projector);
        }
        return new CalcOperator(predicate, projector, SPAN, new TestContext(memory.allocator(), owned));
    }

    @Test
    void keepsKindsAndLateBefore() {
        CalcOperator operator = operator("a > 1", "s, a + 1");
        operator.onBatch(0, BatchText.parse(memory.allocator(), SCHEMA, TABLE, 77), output);
        assertThat(emitted).hasSize(1);
        assertThat(emitted.get(0).lateBefore()).isEqualTo(77);
        Schema result = Schema.of(new Field("s", AtomicType.STRING), new Field("a", AtomicType.BIGINT));
        assertThat(BatchText.print(emitted.get(0), result)).isEqualTo("-U | y | 3\n+U | y | 31");
    }

    @Test
    void handsOnABatchThatPassesWhole() {
        Batch batch = BatchText.parse(memory.allocator(), SCHEMA, TABLE);
        CalcOperator operator = operator("s >= 'x'", null);
        operator.onBatch(0, batch, output);
        assertThat(emitted).containsExactly(batch);
    }

    @Test
    void sharesColumnsThatPassWhole() {
        Batch batch = BatchText.parse(memory.allocator(), SCHEMA, TABLE);
        CalcOperator operator = operator(null, "s, a");
        long address = batch.column(0).values();
        operator.onBatch(0, batch, output);
        assertThat(emitted.get(0).column(1).values()).isEqualTo(address);
        Schema result = Schema.of(new Field("s", AtomicType.STRING), new Field("a", AtomicType.BIGINT));
        assertThat(BatchText.print(emitted.get(0), result))
                .isEqualTo("+I | x | 1\n-U | y | 2\n+U | y | 30\n-D | z | NULL");
    }

    @Test
    void emitsNothingWhenNoRowIsLeft() {
        CalcOperator operator = operator("a > 100", "a");
        operator.onBatch(0, BatchText.parse(memory.allocator(), SCHEMA, TABLE), output);
        operator.onBatch(0, BatchText.parse(memory.allocator(), SCHEMA, ""), output);
        assertThat(emitted).isEmpty();
    }

    @Test
    void closesTheBatchOfARowThatFails() {
        CalcOperator operator = operator(null, "100 / (a - 2)");
        Batch batch = BatchText.parse(memory.allocator(), SCHEMA, TABLE);
        assertThatThrownBy(() -> operator.onBatch(0, batch, output))
                .isInstanceOfSatisfying(SabotException.class, error -> {
                    assertThat(error.sqlState()).isEqualTo("22012");
                    // the place of the division in the expression that the test compiles
                    assertThat(error.span()).hasToString("line 1, column 8");
                });
    }

    private record TestContext(BufferAllocator allocator, Owned owned) implements OperatorContext {
        @Override
        public String operatorName() {
            return "calc";
        }

        @Override
        public <T extends AutoCloseable> T own(T resource) {
            return owned.own(resource);
        }

        @Override
        public int batchRows() {
            return Batch.DEFAULT_ROWS;
        }

        @Override
        public StateStore state() {
            throw new AssertionError("a Calc keeps no state");
        }

        @Override
        public LongAdder counter(String name) {
            return new LongAdder();
        }

        @Override
        public int taskIndex() {
            return 0;
        }

        @Override
        public int parallelism() {
            return 1;
        }
    }
}
