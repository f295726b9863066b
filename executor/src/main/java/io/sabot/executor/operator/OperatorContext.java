package io.sabot.executor.operator;

import io.sabot.executor.state.StateStore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/** What the runtime gives an operator; the same object for its whole life. */
public interface OperatorContext {
    /** Stable name of the operator in its plan, the prefix of its state tables. */
    String operatorName();

    /** Allocator of the task; everything allocated must be handed on, closed, or {@linkplain #own owned}. */
    BufferAllocator allocator();

    /** Closes a resource when the operator is closed, behind all that came later; also when its opening fails. Returns it. */
    <T extends AutoCloseable> T own(T resource);

    /** State tables of this operator, asked for by name when it is opened; the task frees them. */
    StateStore state();

    /** Rows to put into a batch at most. */
    int batchRows();

    /** A counter of this operator, shown as a metric; the same name gives the same counter. */
    LongAdder counter(String name);

    /** Index of this task among those that run the operator. */
    int taskIndex();

    /** Number of tasks that run the operator. */
    int parallelism();
}
