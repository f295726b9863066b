package io.sabot.executor.task;

import io.sabot.executor.time.Barrier;
import org.jspecify.annotations.Nullable;

/** Where a task's work comes from. Called by the task's thread. */
interface TaskInput extends AutoCloseable {
    /** Before the first {@link #poll}: tells operators what a restored position means. */
    default void start() {}

    /**
     * Does some work, if there is any.
     *
     * @param waitNanos how long this input may wait for work; 0 when others may have some
     * @return whether anything was done
     */
    boolean poll(long waitNanos);

    /** Whether nothing more will come. */
    boolean hasEnded();

    /** The barrier at which this input stands, if it waits for the others to reach it. */
    @Nullable
    Barrier standsAt();

    /** Goes on behind the barrier. */
    void resume();

    @Override
    void close();
}
