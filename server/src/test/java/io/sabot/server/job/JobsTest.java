package io.sabot.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.executor.batch.Allocators;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.job.Connectors;
import io.sabot.executor.job.JobEnvironment;
import io.sabot.executor.job.JobExecution;
import io.sabot.executor.job.JobOptions;
import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.time.Clock;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of jobs whose outside world fails, and of such as a user ends at that moment. */
@Timeout(60)
final class JobsTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final BufferAllocator memory = Allocators.root();
    private final FakeOutside outside = new FakeOutside();

    @AfterEach
    void closeMemory() {
        memory.close();
    }

    private Jobs open(Duration pause) {
        JobEnvironment environment = new JobEnvironment(
                memory,
                MemoryBudget.unlimited(),
                new Connectors(List.of(outside), List.of(outside.sinks()), List.of()),
                Clock.SYSTEM,
                FileAccess.anywhere(folder));
        return new Jobs(Optional.of(folder), (job, checkpoints) -> start(job, checkpoints, environment), pause);
    }

    private static JobExecution start(
            JobDefinition definition, Optional<Path> checkpoints, JobEnvironment environment) {
        JobOptions options = new JobOptions(definition.name(), 1, 64, Duration.ZERO, checkpoints, false, 0, Map.of());
        return JobExecution.start(FakeOutside.plan(), environment, options);
    }

    private static Job start(Jobs jobs) {
        return jobs.start(new JobDefinition("job", "INSERT", "c", "d", Map.of(), true));
    }

    /** Waits for something that is told by the job's monitor. */
    private static void await(Job job, BooleanSupplier condition) throws InterruptedException {
        synchronized (job) {
            while (!condition.getAsBoolean()) {
                job.wait();
            }
        }
    }

    private static void awaitPhase(Job job, JobPhase phase) throws InterruptedException {
        await(job, () -> job.phase() == phase);
    }

    private JobPhase saved() {
        return new JobStore(folder).load().get(0).phase();
    }

    /** Lets the run fail, and gives the order while it is torn down. */
    private void whileTornDown(Job job, ErrorCode failure, Job.Wanted wanted, Runnable order)
            throws InterruptedException {
        outside.teardown = new CountDownLatch(1);
        outside.fail(failure);
        outside.tornDown.acquire();
        Thread user = new Thread(order);
        user.start();
        await(job, () -> job.wanted() == wanted);
        outside.teardown.countDown();
        user.join();
    }

    @Test
    void cancelWhileAFailedRunIsTornDownEndsTheJob() throws InterruptedException {
        try (Jobs jobs = open(SHORT)) {
            Job job = start(jobs);
            whileTornDown(job, ErrorCode.CONNECTION_LOST, Job.Wanted.CANCEL, () -> jobs.cancel("job"));
            assertThat(job.phase()).isEqualTo(JobPhase.CANCELLED);
            assertThat(job.restarts()).isZero();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void pauseWhileAFailedRunIsTornDownLeavesTheJobAtItsLastCheckpoint() throws InterruptedException {
        try (Jobs jobs = open(SHORT)) {
            Job job = start(jobs);
            whileTornDown(job, ErrorCode.CONNECTION_LOST, Job.Wanted.PAUSE, () -> jobs.pause("job"));
            assertThat(job.phase()).isEqualTo(JobPhase.PAUSED);
            assertThat(saved()).isEqualTo(JobPhase.PAUSED);
            assertThat(job.failure()).isPresent();
            jobs.resume("job", Map.of());
            assertThat(job.phase()).isEqualTo(JobPhase.RUNNING);
            outside.fail(ErrorCode.CONNECTION_LOST);
            await(job, () -> job.restarts() == 1 && job.phase() == JobPhase.RUNNING);
            jobs.cancel("job");
        }
    }

    @Test
    void aFailureThatDoesNotPassIsNoPause() throws InterruptedException {
        try (Jobs jobs = open(SHORT)) {
            Job job = start(jobs);
            whileTornDown(job, ErrorCode.DIVISION_BY_ZERO, Job.Wanted.PAUSE, () -> jobs.pause("job"));
            assertThat(job.phase()).isEqualTo(JobPhase.FAILED);
            assertThat(saved()).isEqualTo(JobPhase.FAILED);
        }
    }

    @Test
    void cancelBetweenTwoRunsEndsTheJob() throws InterruptedException {
        try (Jobs jobs = open(LONG)) {
            Job job = start(jobs);
            outside.fail(ErrorCode.CONNECTION_LOST);
            awaitPhase(job, JobPhase.RESTARTING);
            jobs.cancel("job");
            assertThat(job.phase()).isEqualTo(JobPhase.CANCELLED);
            assertThat(folder).isEmptyDirectory();
            assertThat(outside.builds).isEqualTo(1);
        }
    }

    @Test
    void pauseBetweenTwoRunsPausesTheJob() throws InterruptedException {
        try (Jobs jobs = open(LONG)) {
            Job job = start(jobs);
            outside.fail(ErrorCode.CONNECTION_LOST);
            awaitPhase(job, JobPhase.RESTARTING);
            jobs.pause("job");
            assertThat(job.phase()).isEqualTo(JobPhase.PAUSED);
            assertThat(saved()).isEqualTo(JobPhase.PAUSED);
            assertThatThrownBy(() -> jobs.pause("job")).hasMessageContaining("is not running");
            jobs.resume("job", Map.of());
            assertThat(job.phase()).isEqualTo(JobPhase.RUNNING);
            jobs.cancel("job");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aJobBetweenTwoRunsGoesOnWhenTheEngineIsOpenedAgain() throws InterruptedException {
        try (Jobs jobs = open(LONG)) {
            Job job = start(jobs);
            outside.fail(ErrorCode.CONNECTION_LOST);
            awaitPhase(job, JobPhase.RESTARTING);
        }
        assertThat(saved()).isEqualTo(JobPhase.RUNNING);
        outside.refusals = 2;
        try (Jobs jobs = open(SHORT)) {
            jobs.resumeAll();
            awaitPhase(jobs.get("job"), JobPhase.RUNNING);
            assertThat(outside.builds).isEqualTo(4);
            jobs.cancel("job");
        }
    }

    @Test
    void aRestartThatFailsIsTriedAgain() throws InterruptedException {
        try (Jobs jobs = open(SHORT)) {
            Job job = start(jobs);
            outside.refusals = 3;
            outside.fail(ErrorCode.CONNECTION_LOST);
            await(job, () -> job.restarts() == 4 && job.phase() == JobPhase.RUNNING);
            jobs.pause("job");
            assertThat(job.phase()).isEqualTo(JobPhase.PAUSED);
        }
    }

    @Test
    void tenRestartsInVainFailTheJobAlsoInTheStore() throws InterruptedException {
        try (Jobs jobs = open(Duration.ofNanos(1000))) {
            Job job = start(jobs);
            outside.refusals = 100;
            outside.fail(ErrorCode.CONNECTION_LOST);
            awaitPhase(job, JobPhase.FAILED);
            assertThat(job.restarts()).isEqualTo(10);
            assertThat(saved()).isEqualTo(JobPhase.FAILED);
            assertThat(job.failure())
                    .hasValueSatisfying(failure -> assertThat(failure.what()).isEqualTo("nobody listens"));
        }
    }

    @Test
    void progressMakesRoomForFurtherRestarts() throws InterruptedException {
        try (Jobs jobs = open(SHORT)) {
            Job job = start(jobs);
            for (int i = 1; i <= 12; i++) {
                job.execution().orElseThrow().requestCheckpoint();
                awaitCommitted(job.execution().orElseThrow());
                outside.fail(ErrorCode.CONNECTION_LOST);
                int restarts = i;
                await(job, () -> job.restarts() == restarts && job.phase() == JobPhase.RUNNING);
            }
            jobs.cancel("job");
        }
    }

    /** The commit of a sink is a moment before that of the checkpoint. */
    private void awaitCommitted(JobExecution run) throws InterruptedException {
        assertThat(outside.commits.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        while (!run.hasCommitted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aStoreThatCannotBeWrittenDoesNotKeepAJobFromItsEnd() throws IOException {
        try (Jobs jobs = open(SHORT)) {
            Job job = start(jobs);
            Files.createDirectory(folder.resolve("job").resolve("job.properties.new"));
            jobs.pause("job");
            assertThat(job.phase()).isEqualTo(JobPhase.PAUSED);
            assertThat(job.failure())
                    .hasValueSatisfying(e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
            jobs.cancel("job");
            assertThat(job.phase()).isEqualTo(JobPhase.CANCELLED);
        }
    }

    @Test
    void whatTheStoreSaysIsAttachedToTheFailure() throws IOException, InterruptedException {
        try (Jobs jobs = open(SHORT)) {
            Job job = start(jobs);
            Files.createDirectory(folder.resolve("job").resolve("job.properties.new"));
            outside.fail(ErrorCode.DIVISION_BY_ZERO);
            awaitPhase(job, JobPhase.FAILED);
            SabotException failure = job.failure().orElseThrow();
            assertThat(failure.what()).isEqualTo("told to fail");
            assertThat(failure.getSuppressed()).singleElement().isInstanceOf(SabotException.class);
        }
    }
}
