package io.sabot.executor.job;

import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.state.StateStore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/** An operator's view of its task and job. */
final class TaskOperatorContext implements OperatorContext {
    private final String operatorName;
    private final JobContext job;
    private final Owned owned;
    private final StateStore state;
    private final int taskIndex;
    private final int parallelism;

    TaskOperatorContext(
            String operatorName, JobContext job, Owned owned, StateStore tables, int taskIndex, int parallelism) {
        this.operatorName = operatorName;
        this.job = job;
        this.owned = owned;
        this.state = tables;
        this.taskIndex = taskIndex;
        this.parallelism = parallelism;
    }

    @Override
    public String operatorName() {
        return operatorName;
    }

    @Override
    public BufferAllocator allocator() {
        return job.allocator();
    }

    @Override
    public int batchRows() {
        return job.batchRows();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
        return owned.own(resource);
    }

    @Override
    public StateStore state() {
        return state;
    }

    @Override
    public LongAdder counter(String name) {
        return job.metrics().counter(operatorName, name);
    }

    @Override
    public int taskIndex() {
        return taskIndex;
    }

    @Override
    public int parallelism() {
        return parallelism;
    }
}
