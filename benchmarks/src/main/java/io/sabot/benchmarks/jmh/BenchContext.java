package io.sabot.benchmarks.jmh;

import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.state.JobState;
import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.state.StateStore;
import io.sabot.executor.state.TaskState;
import io.sabot.executor.time.Clock;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.arrow.memory.BufferAllocator;

/** Memory and state of the one task of a benchmark. */
final class BenchContext implements OperatorContext, ConnectorContext, AutoCloseable {
    private static final int KEY_GROUPS = 128;

    private final BufferAllocator allocator = Allocators.root();
    private final LongAdder counter = new LongAdder();
    private final Owned owned = new Owned();
    private TaskState task = newTask();

    private static TaskState newTask() {
        return JobState.empty(MemoryBudget.unlimited(), KEY_GROUPS).task(0, 1);
    }

    /** Closes the operator and forgets all state, so that one can be opened anew. */
    void clearState() {
        owned.close();
        task.close();
        task = newTask();
    }

    @Override
    public String operatorName() {
        return "bench";
    }

    @Override
    public BufferAllocator allocator() {
        return allocator;
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
        return owned.own(resource);
    }

    @Override
    public StateStore state() {
        return task.operator(operatorName());
    }

    @Override
    public int batchRows() {
        return Batch.DEFAULT_ROWS;
    }

    @Override
    public LongAdder counter(String name) {
        return counter;
    }

    @Override
    public int taskIndex() {
        return 0;
    }

    @Override
    public int parallelism() {
        return 1;
    }

    @Override
    public String jobName() {
        return "bench";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public FormatFactory format(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public FileAccess files() {
        return FileAccess.anywhere(Path.of(""));
    }

    @Override
    public Clock clock() {
        return Clock.SYSTEM;
    }

    @Override
    public void close() {
        owned.close();
        task.close();
        allocator.close();
    }
}
