package io.sabot.executor.job;

import static io.sabot.executor.job.HandMadePlans.above;
import static io.sabot.executor.job.HandMadePlans.exchange;
import static io.sabot.executor.job.HandMadePlans.numbers;
import static io.sabot.executor.job.HandMadePlans.tenDividedBy;
import static io.sabot.executor.job.HandMadePlans.toClient;
import static io.sabot.executor.job.HandMadePlans.toTable;
import static io.sabot.executor.job.HandMadePlans.union;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.time.Clock;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobExecutionTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private final RecordingSink sink = new RecordingSink();

    private JobExecution start(Plan plan, int parallelism, int batchRows) {
        return JobExecution.start(
                plan,
                new JobEnvironment(
                        memory.allocator(),
                        MemoryBudget.unlimited(),
                        new Connectors(List.of(), List.of(sink), List.of()),
                        Clock.SYSTEM,
                        FileAccess.anywhere(Path.of(""))),
                new JobOptions("test", parallelism, batchRows, Duration.ZERO, Optional.empty(), false, 0, Map.of()));
    }

    private static List<Long> drain(JobExecution job) {
        ResultQueue results = job.results().orElseThrow();
        List<Long> rows = new ArrayList<>();
        while (true) {
            boolean ended = results.isEnded();
            try (Batch batch = results.poll(1000)) {
                if (batch == null) {
                    if (ended) {
                        return rows;
                    }
                    continue;
                }
                for (int i = 0; i < batch.rowCount(); i++) {
                    rows.add(batch.column(0).getLong(i));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 2048})
    void runsAChainInOrder(int batchRows) {
        try (JobExecution job = start(toClient(above("filter", numbers(5000), 9)), 1, batchRows)) {
            assertThat(drain(job)).isEqualTo(LongStream.range(10, 5000).boxed().toList());
            assertThat(job.taskCount()).isEqualTo(1);
            assertThat(job.metrics().value("values", "rows_out")).isEqualTo(5000);
            assertThat(job.metrics().value("filter", "rows_out")).isEqualTo(4990);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void spreadsRowsByKeyAndGathersThem(int parallelism) {
        PlanNode spread = above("spread", exchange(numbers(5000), 0), -1);
        try (JobExecution job = start(toClient(exchange(spread)), parallelism, 100)) {
            List<Long> rows = drain(job);
            Collections.sort(rows);
            assertThat(rows).isEqualTo(LongStream.range(0, 5000).boxed().toList());
            assertThat(job.taskCount()).isEqualTo(parallelism + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aNodeReadTwiceRunsOnce(int parallelism) {
        PlanNode shared = above("shared", exchange(numbers(3000), 0), -1);
        Plan plan =
                toClient(exchange(union(above("high", shared, 1499), above("low", exchange(shared, 0), 2999), shared)));
        try (JobExecution job = start(plan, parallelism, 64)) {
            assertThat(drain(job)).hasSize(1500 + 3000);
            assertThat(job.metrics().value("shared", "rows_in")).isEqualTo(3000);
        }
    }

    @Test
    void aFailingRowFailsTheJobWithThePlaceInTheSql() {
        try (JobExecution job = start(toClient(exchange(tenDividedBy(exchange(numbers(100), 0)))), 2, 10)) {
            drain(job);
            assertThat(job.status()).isEqualTo(JobStatus.FAILED);
            SabotException failure = job.failure().orElseThrow();
            assertThat(failure.sqlState()).isEqualTo("22012");
            assertThat(failure.span().isKnown()).isTrue();
        }
    }

    @Test
    void cancellingWakesTasksThatAClientHasBlocked() throws InterruptedException {
        try (JobExecution job = start(toClient(exchange(numbers(5000), 0)), 2, 1)) {
            job.cancel();
            assertThat(job.await(10_000)).isTrue();
            assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
        }
    }

    @Test
    void closingARunningJobFreesEverything() {
        start(toClient(above("filter", numbers(5000), -1)), 2, 1).close();
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void aUnionEndsWhereOneInputHasFewerTasksThanTheOther(int parallelism) {
        PlanNode numbers = numbers(3000);
        PlanNode wide = above("wide", exchange(numbers, 0), -1);
        PlanNode wider = above("wider", exchange(numbers, 0), -1);
        Plan plan = toClient(exchange(union("outer", union("inner", above("narrow", numbers, -1), wide), wider)));
        try (JobExecution job = start(plan, parallelism, 64)) {
            assertThat(drain(job)).hasSize(3 * 3000);
        }
    }

    @Test
    void opensASinkBeforeItsWriters() throws InterruptedException {
        try (JobExecution job = start(toTable(RecordingSink.NAME, numbers(5)), 1, 100)) {
            assertThat(job.await(30_000)).isTrue();
            assertThat(job.status()).isEqualTo(JobStatus.FINISHED);
        }
        assertThat(sink.calls).containsExactly("open 0", "writer", "write 5", "writer closed", "closed");
    }
}
