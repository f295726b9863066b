package io.sabot.executor.operator;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static io.sabot.catalog.type.AtomicType.INT;
import static io.sabot.catalog.type.AtomicType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.aggregate.GroupAggregateOperator;
import io.sabot.executor.aggregate.GroupAggregateSpec;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.join.JoinCondition;
import io.sabot.executor.join.JoinSpec;
import io.sabot.executor.join.JoinType;
import io.sabot.executor.join.RegularJoinOperator;
import io.sabot.executor.join.SetOperation;
import io.sabot.executor.join.SetOperator;
import io.sabot.executor.rank.ChangelogNormalizeOperator;
import io.sabot.executor.rank.DeduplicateOperator;
import io.sabot.executor.rank.FirstRowOperator;
import io.sabot.executor.rank.RankFunction;
import io.sabot.executor.rank.RankOperator;
import io.sabot.executor.rank.RankSpec;
import io.sabot.executor.rank.SortColumn;
import io.sabot.executor.rank.UpsertMaterializeOperator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** State that goes when it has not been written for 100 ms. */
final class ExpiringOperatorTest {
    private static final Schema ROWS = Schema.of(new Field("k", STRING), new Field("v", INT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(OperatorOpener operator, Schema output) {
        return harness(operator, output, table -> 100);
    }

    private OperatorHarness harness(OperatorOpener operator, Schema output, ToLongFunction<String> kept) {
        return new OperatorHarness(context -> new ExpiringOperator(operator, kept, context), output, memory.allocator())
                .processingTime(1000);
    }

    private static OperatorOpener aggregate(boolean retracting, AggregateSpec... calls) {
        List<Field> output = new java.util.ArrayList<>(List.of(new Field("k", STRING)));
        for (AggregateSpec call : calls) {
            output.add(new Field("a" + output.size(), call.resultType()));
        }
        GroupAggregateSpec spec = new GroupAggregateSpec(
                List.of(0), List.of(STRING), List.of(calls), retracting, false, false, new Schema(output));
        return context -> new GroupAggregateOperator(spec, false, context);
    }

    private static final AggregateSpec SUM = AggregateSpec.of(AggregateFunction.SUM, List.of(1), List.of(INT), INT);

    private static final AggregateSpec COUNT_DISTINCT =
            new AggregateSpec(AggregateFunction.COUNT, true, List.of(1), List.of(INT), -1, BIGINT);

    private static final AggregateSpec MAX = AggregateSpec.of(AggregateFunction.MAX, List.of(1), List.of(INT), INT);

    private static final Schema SUMS = Schema.of(new Field("k", STRING), new Field("a", INT));

    private static final Schema COUNTS = Schema.of(new Field("k", STRING), new Field("a", BIGINT));

    @Test
    void aGroupBeginsAnewWhenItHasNotBeenWritten() {
        try (OperatorHarness harness = harness(aggregate(false, SUM), SUMS)) {
            harness.rows(0, ROWS, "+I | a | 1\n+I | b | 2");
            harness.processingTime(1060).rows(0, ROWS, "+I | a | 4");
            harness.takeRows();
            harness.processingTime(1110).rows(0, ROWS, "+I | a | 8\n+I | b | 16");
            assertThat(harness.takeRows()).containsExactly("-U | a | 5", "+U | a | 13", "+I | b | 16");
            assertThat(harness.counter("expired_records")).isEqualTo(1);
        }
    }

    @Test
    void stateIsKeptAtLeastAsLongAsSaid() {
        try (OperatorHarness harness = harness(aggregate(false, SUM), SUMS)) {
            harness.rows(0, ROWS, "+I | a | 1");
            harness.takeRows();
            for (long now = 1001; now < 1100; now++) {
                harness.processingTime(now);
            }
            harness.rows(0, ROWS, "+I | a | 2");
            assertThat(harness.takeRows()).containsExactly("-U | a | 1", "+U | a | 3");
            for (long now = 1101; now < 1205; now++) {
                harness.processingTime(now);
            }
            harness.rows(0, ROWS, "+I | a | 4");
            assertThat(harness.takeRows()).containsExactly("+I | a | 4");
        }
    }

    @Test
    void aRowTakenBackFromAForgottenGroupIsDropped() {
        try (OperatorHarness harness = harness(aggregate(true, SUM), SUMS)) {
            harness.rows(0, ROWS, "+I | a | 1\n+I | b | 2").processingTime(1200);
            harness.takeRows();
            harness.rows(0, ROWS, "-U | a | 1\n+U | a | 3\n-D | b | 2");
            assertThat(harness.takeRows()).containsExactly("+I | a | 3");
            assertThat(harness.counter("dropped_retractions")).isEqualTo(2);
            harness.rows(0, ROWS, "+I | b | 5\n-D | a | 3");
            assertThat(harness.takeRows()).containsExactlyInAnyOrder("+I | b | 5", "-D | a | 3");
        }
    }

    @Test
    void anUpdateThatChangesNothingGoesOn() {
        try (OperatorHarness harness = harness(aggregate(false, MAX), SUMS)) {
            harness.rows(0, ROWS, "+I | a | 5");
            harness.takeRows();
            harness.rows(0, ROWS, "+I | a | 3");
            assertThat(harness.takeRows()).containsExactly("-U | a | 5", "+U | a | 5");
        }
    }

    @Test
    void valuesOfAGroupGoByThemselves() {
        try (OperatorHarness harness = harness(
                aggregate(true, COUNT_DISTINCT, MAX),
                Schema.of(new Field("k", STRING), new Field("n", BIGINT), new Field("m", INT)))) {
            harness.rows(0, ROWS, "+I | a | 1\n+I | a | 9").processingTime(1060).rows(0, ROWS, "+I | a | 1");
            harness.takeRows();
            harness.processingTime(1110).rows(0, ROWS, "-D | a | 9\n+I | a | 4");
            assertThat(harness.takeRows()).containsExactly("-U | a | 2 | 9", "+U | a | 3 | 4");
        }
    }

    @Test
    void survivesARestartAtAnotherParallelism() {
        try (OperatorHarness harness =
                harness(aggregate(false, SUM), SUMS).routed(List.of(ROWS), List.of(List.of(0)))) {
            harness.rows(0, ROWS, "+I | a | 1\n+I | b | 2\n+I | c | 3")
                    .processingTime(1060)
                    .rows(0, ROWS, "+I | b | 2");
            harness.restart(3);
            harness.takeRows();
            // before the clock is known nothing goes
            harness.rows(0, ROWS, "+I | c | 4");
            assertThat(harness.takeRows()).containsExactly("-U | c | 3", "+U | c | 7");
            harness.processingTime(1110).rows(0, ROWS, "+I | a | 1\n+I | b | 1\n+I | c | 1");
            assertThat(harness.takeRows())
                    .containsExactlyInAnyOrder("+I | a | 1", "-U | b | 4", "+U | b | 5", "-U | c | 7", "+U | c | 8");
            harness.restart(1).processingTime(1300);
            harness.takeRows();
            harness.rows(0, ROWS, "+I | c | 1");
            assertThat(harness.takeRows()).containsExactly("+I | c | 1");
        }
    }

    private static OperatorOpener join(JoinType type) {
        return context -> new RegularJoinOperator(
                new JoinSpec(type, ROWS, ROWS, List.of(0), List.of(0), List.of(false), JoinCondition.NONE),
                false,
                context);
    }

    private static final Schema PAIRS =
            Schema.of(new Field("k", STRING), new Field("v", INT), new Field("k0", STRING), new Field("v0", INT));

    @Test
    void sidesOfAJoinGoByTheirOwnTime() {
        try (OperatorHarness harness =
                harness(join(JoinType.INNER), PAIRS, table -> table.equals("left") ? 100 : 1000)) {
            harness.rows(0, ROWS, "+I | a | 1").rows(1, ROWS, "+I | a | 10").processingTime(1200);
            harness.takeRows();
            harness.rows(1, ROWS, "+I | a | 11").rows(0, ROWS, "+I | a | 2");
            assertThat(harness.takeRows()).containsExactlyInAnyOrder("+I | a | 2 | a | 10", "+I | a | 2 | a | 11");
        }
    }

    @Test
    void aSideOfAJoinMayStayForEver() {
        try (OperatorHarness harness = harness(join(JoinType.LEFT), PAIRS, table -> table.equals("left") ? 0 : 100)) {
            harness.rows(0, ROWS, "+I | a | 1").rows(1, ROWS, "+I | a | 10").processingTime(9000);
            harness.takeRows();
            harness.rows(1, ROWS, "-U | a | 10\n+U | a | 11");
            assertThat(harness.counter("dropped_retractions")).isEqualTo(1);
            harness.rows(1, ROWS, "-D | a | 11");
            assertThat(harness.takeRows()).last().isEqualTo("+I | a | 1 | NULL | NULL");
        }
    }

    @Test
    void semiAndAntiJoins() {
        try (OperatorHarness harness = harness(join(JoinType.SEMI), ROWS)) {
            harness.rows(1, ROWS, "+I | a | 10").processingTime(1200).rows(0, ROWS, "+I | a | 1");
            assertThat(harness.takeRows()).isEmpty();
        }
        try (OperatorHarness harness = harness(join(JoinType.ANTI), ROWS)) {
            harness.rows(1, ROWS, "+I | a | 10").processingTime(1200).rows(0, ROWS, "+I | a | 1");
            assertThat(harness.takeRows()).containsExactly("+I | a | 1");
        }
    }

    @Test
    void setOperations() {
        try (OperatorHarness harness =
                harness(context -> new SetOperator(SetOperation.EXCEPT_ALL, ROWS, false, context), ROWS)) {
            harness.rows(1, ROWS, "+I | a | 1").processingTime(1200).rows(0, ROWS, "+I | a | 1");
            assertThat(harness.takeRows()).containsExactly("+I | a | 1");
            harness.rows(1, ROWS, "-D | a | 1");
            assertThat(harness.takeRows()).isEmpty();
            assertThat(harness.counter("dropped_retractions")).isEqualTo(1);
        }
    }

    private static RankSpec rank(long to) {
        return new RankSpec(
                ROWS, RankFunction.ROW_NUMBER, List.of(0), List.of(new SortColumn(1, true, false)), 1, to, ROWS);
    }

    @Test
    void theFirstRowComesAgainThoughOthersCameMeanwhile() {
        try (OperatorHarness harness = harness(context -> new FirstRowOperator(rank(1), context), ROWS)) {
            harness.rows(0, ROWS, "+I | a | 1").processingTime(1060).rows(0, ROWS, "+I | a | 2");
            assertThat(harness.takeRows()).containsExactly("+I | a | 1");
            harness.processingTime(1110).rows(0, ROWS, "+I | a | 3");
            assertThat(harness.takeRows()).containsExactly("+I | a | 3");
        }
    }

    @Test
    void theBestRowIsAsOldAsItself() {
        try (OperatorHarness harness =
                harness(context -> new DeduplicateOperator(rank(1), false, false, context), ROWS)) {
            harness.rows(0, ROWS, "+I | a | 9").processingTime(1060).rows(0, ROWS, "+I | a | 2");
            assertThat(harness.takeRows()).containsExactly("+I | a | 9");
            harness.processingTime(1110).rows(0, ROWS, "+I | a | 3");
            assertThat(harness.takeRows()).containsExactly("+I | a | 3");
        }
    }

    @Test
    void topRowsGoOneByOne() {
        try (OperatorHarness harness = harness(context -> new RankOperator(rank(2), false, false, context), ROWS)) {
            harness.rows(0, ROWS, "+I | a | 9").processingTime(1060).rows(0, ROWS, "+I | a | 8");
            harness.takeRows();
            harness.processingTime(1110).rows(0, ROWS, "+I | a | 1\n+I | a | 3");
            assertThat(harness.takeRows()).containsExactly("+I | a | 3");
            harness.processingTime(1500).rows(0, ROWS, "+I | a | 0");
            assertThat(harness.takeRows()).containsExactly("+I | a | 0");
        }
        try (OperatorHarness harness = harness(context -> new RankOperator(rank(2), true, false, context), ROWS)) {
            harness.rows(0, ROWS, "+I | a | 9").processingTime(1200);
            harness.takeRows();
            harness.rows(0, ROWS, "-D | a | 9\n+I | a | 1");
            assertThat(harness.takeRows()).containsExactly("+I | a | 1");
            assertThat(harness.counter("dropped_retractions")).isEqualTo(1);
        }
    }

    @Test
    void upsertsByKey() {
        try (OperatorHarness harness =
                harness(context -> new ChangelogNormalizeOperator(ROWS, List.of(0), false, context), ROWS)) {
            harness.rows(0, ROWS, "+U | a | 1");
            harness.takeRows();
            harness.processingTime(1060).rows(0, ROWS, "+U | a | 1");
            assertThat(harness.takeRows()).containsExactly("-U | a | 1", "+U | a | 1");
            harness.processingTime(1200).rows(0, ROWS, "-D | a | 1\n+U | a | 2");
            assertThat(harness.takeRows()).containsExactly("+I | a | 2");
        }
    }

    @Test
    void rowsOfASinkKey() {
        try (OperatorHarness harness = harness(
                context ->
                        new UpsertMaterializeOperator(ROWS, List.of(0), UpsertMaterializeOperator.Choice.LAST, context),
                ROWS)) {
            harness.rows(0, ROWS, "+I | a | 1")
                    .processingTime(1060)
                    .rows(0, ROWS, "+I | a | 2")
                    .processingTime(1110);
            harness.takeRows();
            harness.rows(0, ROWS, "-D | a | 1");
            assertThat(harness.takeRows()).isEmpty();
            assertThat(harness.counter("dropped_retractions")).isEqualTo(1);
            harness.rows(0, ROWS, "-D | a | 2");
            assertThat(harness.takeRows()).containsExactly("-D | a | 2");
        }
    }

    @Test
    void manyGroupsGoAtOnce() {
        try (OperatorHarness harness = harness(aggregate(false, COUNT_DISTINCT), COUNTS)) {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 5000; i++) {
                rows.append("+I | key").append(i).append(" | ").append(i % 7).append('\n');
            }
            harness.rows(0, ROWS, rows.toString()).processingTime(1050);
            harness.rows(0, ROWS, rows.substring(0, rows.indexOf("+I | key1000 ")));
            harness.processingTime(1101);
            assertThat(harness.counter("expired_records")).isEqualTo(2 * 4000);
            harness.processingTime(1200);
            assertThat(harness.counter("expired_records")).isEqualTo(2 * 5000);
        }
    }
}
