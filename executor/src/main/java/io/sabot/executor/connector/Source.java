package io.sabot.executor.connector;

import io.sabot.catalog.stream.ChangelogMode;
import java.time.Duration;
import java.util.List;

/** The rows of one scan, split into parts that can be read apart. Called by the job's coordinator thread. */
public interface Source extends AutoCloseable {
    /** Whether all splits come to an end and no new ones appear. */
    boolean bounded();

    /** Which row kinds its batches hold. */
    ChangelogMode changelog();

    /**
     * The splits there are now. Called once when the job starts (with what a checkpoint restored in {@code known}) and,
     * when not {@link #bounded}, again from time to time; splits already known are not listed again.
     */
    List<Split> discover(List<Split> known);

    /** How often to look for new splits, when not {@link #bounded}; zero never. */
    default Duration discoveryInterval() {
        return Duration.ZERO;
    }

    /** Opens a reader; one per source task, used by that task's thread only. */
    SplitReader reader(ConnectorContext context);

    @Override
    void close();
}
