package io.sabot.executor.task;

import java.util.function.ObjLongConsumer;

/** The state tables of one task, as the task sees them: something to freeze at a barrier and to free at the end. */
public interface TaskStateHandle extends AutoCloseable {
    /** Freezes every table for a checkpoint; the checkpoint writer gets at the frozen image by the checkpoint's number. */
    void freeze(long checkpoint);

    /** Tells how many entries the tables of each operator have. */
    default void sizes(ObjLongConsumer<String> receiver) {}

    @Override
    void close();
}
