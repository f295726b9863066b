package io.sabot.executor.connector;

import java.util.List;

/**
 * Where the rows of one INSERT go. The job's coordinator opens, commits and closes it; each sink task has a writer.
 *
 * <p>Order of a checkpoint <i>n</i>: every writer's {@link SinkWriter#prepare}; then the checkpoint with all that they
 * returned becomes durable; then {@link #commit}. After a crash between the last two the same commit comes again, so it
 * must be repeatable.
 */
public interface Sink extends AutoCloseable {
    /** Whether a changelog with updates and deletes can be written; asked at planning. */
    boolean acceptsUpdates();

    /**
     * Whether updates reach the sink as pairs (UPDATE_BEFORE and UPDATE_AFTER); false leaves UPDATE_BEFORE out. Only asked
     * when {@link #acceptsUpdates}.
     */
    boolean wantsBeforeImages();

    /** Called once before the first writer, with what earlier checkpoints prepared and perhaps not committed. */
    default void open(List<byte[]> prepared) {}

    /** A writer for one task, used by that task's thread only. */
    SinkWriter writer(int taskIndex, ConnectorContext context);

    /** Publishes what writers prepared for a checkpoint, now that it is durable. Repeatable. */
    default void commit(long checkpoint, List<byte[]> prepared) {}

    /** Throws away what was written and never committed: the job was cancelled or failed without a restart. */
    default void abort() {}

    @Override
    void close();
}
