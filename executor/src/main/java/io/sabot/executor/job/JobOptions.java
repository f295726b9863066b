package io.sabot.executor.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How a plan is run.
 *
 * @param name stable name of the job; of a query that is no job any unique name
 * @param parallelism tasks per stage at most
 * @param batchRows rows per batch at most
 * @param checkpointInterval time between checkpoints; zero makes none
 * @param checkpointDirectory where checkpoints are kept; empty: state is in memory only and nothing can be restored, but
 *     sinks still publish at every checkpoint
 * @param epochAfterEachBatch ends an epoch behind every batch; needs parallelism 1. For reproducible changelogs in tests
 * @param stopAfterBatches a source input that has read so many batches waits, and the job stops behind a checkpoint; 0
 *     never. For tests of what goes on from it
 * @param settings session settings that reach connectors and expressions
 * @param commitGap a checkpoint is made already this long behind the last when there is new input; zero: only when it is
 *     due. For sinks that others look at
 * @param epochGap least time between two epochs, so that more changes of a row fall together; checkpoints end epochs too
 */
public record JobOptions(
        String name,
        int parallelism,
        int batchRows,
        Duration checkpointInterval,
        Optional<Path> checkpointDirectory,
        boolean epochAfterEachBatch,
        int stopAfterBatches,
        Map<String, String> settings,
        Duration commitGap,
        Duration epochGap) {
    /** Options of a run that only makes the checkpoints of its interval. */
    public JobOptions(
            String name,
            int parallelism,
            int batchRows,
            Duration checkpointInterval,
            Optional<Path> checkpointDirectory,
            boolean epochAfterEachBatch,
            int stopAfterBatches,
            Map<String, String> settings) {
        this(
                name,
                parallelism,
                batchRows,
                checkpointInterval,
                checkpointDirectory,
                epochAfterEachBatch,
                stopAfterBatches,
                settings,
                Duration.ZERO,
                Duration.ZERO);
    }

    public JobOptions {
        settings = Map.copyOf(settings);
    }
}
