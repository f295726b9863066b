package io.sabot.sqltests.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stream = batch: each epoch that random queries publish over random changes is what a database answers over the rows read so
 * far, at random parallelism, batch cuts and speeds of splits, also when the job is stopped in between and goes on at
 * another parallelism.
 *
 * <p>{@code -Dsabot.random.jobs=N} sets the number of jobs, {@code -Dsabot.random.queries=Q} of queries in each,
 * {@code -Dsabot.random.seed=S} the first seed. Profile {@code long-random} sets them for 20,000 queries; {@link RandomJobs}
 * runs them without Maven.
 */
class StreamBatchTest {
    private static final int QUERIES = Integer.getInteger("sabot.random.queries", 12);
    private static final long FIRST_SEED = Long.getLong("sabot.random.seed", 1);
    private static final int JOBS = Integer.getInteger("sabot.random.jobs", 40);
    private static final Tally TALLY = new Tally();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> jobs() {
        return IntStream.range(0, JOBS)
                .mapToObj(i -> FIRST_SEED + i)
                .map(seed -> DynamicTest.dynamicTest(
                        "seed " + seed, () -> new RandomJob(seed, folder).check(QUERIES, TALLY)));
    }

    @AfterAll
    static void answersWereCompared() {
        System.out.println("random queries: " + TALLY);
        assertThat(TALLY.answers()).isGreaterThan(JOBS);
    }
}
